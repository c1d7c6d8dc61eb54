// DuckDB-WASM, exception-handling bundle, one thread, its own worker: reads the File through its handle, types given, then two queries.
import * as duckdb from '@duckdb/duckdb-wasm';
import { COLUMNS } from '../lib/job.mjs';

const FOLDER = '/node_modules/@duckdb/duckdb-wasm/dist/';
let database, connection;

export async function init() {
  database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(`${FOLDER}duckdb-browser-eh.worker.js`));
  await database.instantiate(`${location.origin}${FOLDER}duckdb-eh.wasm`);
  await database.open({});
  connection = await database.connect();
}

const type = (column) => (column.endsWith('_at') ? 'TIMESTAMP' : column === 'won' ? 'BOOLEAN' : column === 'amount' ? 'DOUBLE' : column === 'lead_score' ? 'INTEGER' : 'VARCHAR');
const TYPES = `{${COLUMNS.map((c) => `'${c}': '${type(c)}'`).join(', ')}}`;

export async function run(file) {
  await database.registerFileHandle('leads.csv', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  await connection.query(`create or replace temp table leads as select channel, created_at, mql_at, sql_at, closed_at, won, amount
    from read_csv('leads.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', columns = ${TYPES})`);
  const rows = async (sql) => (await connection.query(sql)).toArray().map((row) => row.toJSON());
  const channels = await rows(`select channel, count(*)::double leads, count(mql_at)::double mqls, count(sql_at)::double sqls,
      (count(*) filter (won))::double won, coalesce(sum(amount) filter (won), 0)::double revenue,
      (count(*) filter (won))::double / count(won) "winRate",
      avg(date_diff('day', created_at, closed_at)) filter (won) "meanCycle",
      median(date_diff('day', created_at, closed_at)) filter (won) "medianCycle"
    from leads group by channel`);
  const months = await rows(`select month, sum(leads)::double leads, sum(won)::double won from (
      select strftime(created_at, '%Y-%m') as month, count(*) leads, 0 won from leads group by 1
      union all select strftime(closed_at, '%Y-%m'), 0, count(*) from leads where won group by 1) group by 1`);
  return { channels, months };
}
