import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { environmentAt } from './place.js';

/** Lives long enough for a test, and not for ever should the test be killed. */
const SOURCE = `package main

import (
	"fmt"
	"time"
)

func main() {
	fmt.Println("running")
	time.Sleep(120 * time.Second)
}
`;

const BUILD_TIMEOUT_MS = 120_000;

export interface GoProgram {
  /** The folder of the module, with `main.go`. */
  folder: string;
  /** Built without optimisation, as dlv wants it. */
  binary: string;
  /** Keeps everything that go and dlv write inside a folder of this file. */
  env: Readonly<Record<string, string>>;
}

/** Builds a Go program once for the tests of a file. Needs no network. */
export function useGoProgram(): GoProgram {
  const root = join(tmpdir(), `ddgo-${randomUUID()}`);
  const folder = join(root, 'app');
  const env = { HOME: join(root, 'home'), GOPATH: join(root, 'path'), GOCACHE: join(root, 'cache'), GOFLAGS: '' };
  const binary = join(folder, 'app');
  beforeAll(() => {
    for (const made of [root, folder, env.HOME]) mkdirSync(made);
    writeFileSync(join(folder, 'go.mod'), 'module live\n\ngo 1.18\n');
    writeFileSync(join(folder, 'main.go'), SOURCE);
    const options = { cwd: folder, env: environmentAt({ env }), timeout: BUILD_TIMEOUT_MS };
    execFileSync('go', ['build', '-gcflags=all=-N -l', '-o', binary, '.'], options);
  }, BUILD_TIMEOUT_MS);
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return { folder, binary, env };
}
