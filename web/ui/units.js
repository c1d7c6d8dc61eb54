// Units of the catalogue in words: "money/mql" is money per MQL.
import { t, textOr } from '../i18n/translate.js';

const POWERS = ['', '', '\u00b2', '\u00b3', '\u2074', '\u2075', '\u2076', '\u2077', '\u2078', '\u2079'];

/** @param {string} symbol "lead^2" */
function symbolName(symbol) {
  const [name, power = '1'] = symbol.split('^');
  return textOr(`unit.symbol.${name}`, name.replaceAll('_', ' ')) + (POWERS[Number(power)] ?? `^${power}`);
}

/** @param {string} unit canonical text of the core */
export function unitName(unit) {
  if (unit === '1') return t('unit.none');
  const [above, ...below] = unit.split('/');
  const top = above === '1' ? '1' : above.split('*').map(symbolName).join(' \u00d7 ');
  return below.reduce((text, symbol) => t('unit.per', { above: text, below: symbolName(symbol) }), top);
}
