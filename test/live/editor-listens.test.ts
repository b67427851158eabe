import { describe, expect, it } from 'vitest';
import { runDoctor } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { useScene } from './lab/scene.js';

const scene = useScene();

/** Listens as an editor does for Xdebug, and says so when a program calls. */
const EDITOR = `
require('node:net')
  .createServer((socket) => { console.log('called'); socket.on('error', () => {}); })
  .listen(Number(process.argv[1]), '127.0.0.1');`;

describe('an editor that listens for Xdebug', () => {
  it('is not called, since it would open a session', async () => {
    const port = nextPort();
    const editor = await scene.start([process.execPath, '-e', EDITOR, String(port)], { port });
    const { target, causes } = await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'xdebug']);
    expect(causes).toEqual([]);
    expect(target.path.find(({ hop }) => hop === 'port')?.state).toBe('ok');
    expect(editor.output()).not.toContain('called');
    // The same editor notices a check that does call.
    await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'tcp']);
    expect(editor.output()).toContain('called');
  });
});
