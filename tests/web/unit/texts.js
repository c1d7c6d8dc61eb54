// The page's language file, for tests of code that shows texts.
import { readFileSync } from 'node:fs';
import { setTexts } from '../../../web/i18n/translate.js';

export const en = JSON.parse(readFileSync(new URL('../../../web/i18n/en.json', import.meta.url), 'utf8'));
setTexts('en', en);
