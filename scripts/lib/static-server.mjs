// A static file server for this machine, used by scripts/serve and by the browser tests.
import { createReadStream, statSync } from 'node:fs';
import http from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The file that a request path names, or null. Never leaves the folder.
 * @param {string} folder absolute
 * @param {string} path of the request, percent-encoded
 */
function fileOf(folder, path) {
  try {
    let file = join(folder, decodeURIComponent(path));
    if (file !== folder && !file.startsWith(folder + sep)) return null;
    if (statSync(file).isDirectory()) file = join(file, 'index.html');
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} folder
 * @param {{port?: number, headers?: Record<string, string>, log?: string[]}} options port 0 takes a free one;
 *   `log` receives "GET /path" of every request
 * @returns {Promise<{address: string, close(): Promise<void>}>}
 */
export function serveFolder(folder, { port = 0, headers = {}, log } = {}) {
  const top = resolve(folder);
  const server = http.createServer((request, response) => {
    log?.push(`${request.method} ${request.url}`);
    const file = fileOf(top, new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
      'cache-control': 'no-store',
      ...headers,
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, fail) => {
    server.on('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const bound = /** @type {import('node:net').AddressInfo} */ (server.address());
      done({
        address: `http://localhost:${bound.port}`,
        close: () => new Promise((closed) => {
          server.closeAllConnections();
          server.close(() => closed());
        }),
      });
    });
  });
}
