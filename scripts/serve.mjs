// Serves one folder to this machine. Usage: node scripts/serve.mjs FOLDER PORT
import { serveFolder } from './lib/static-server.mjs';

const [folder = 'build/page', port = '8080'] = process.argv.slice(2);
const server = await serveFolder(folder, { port: Number(port) });
console.log(`Open ${server.address}/ (stop with Ctrl+C)`);
