// The user's KPIs as a file that a team can share.
export const OWN_KIND = 'b2b-kpi-definitions';
export const OWN_VERSION = 1;

/** @param {object[]} kpis */
export const toOwnFile = (kpis) => `${JSON.stringify({ kind: OWN_KIND, version: OWN_VERSION, kpis }, null, 2)}\n`;
