// The licences of the packages whose code a bundle holds: they ask that their text goes with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages that a bundle was made from, by esbuild's list of its inputs. */
export function packageFoldersOf(inputs) {
  return inputs.map((file) => PACKAGE_FOLDER.exec(file)?.[1]).filter((folder) => folder !== undefined);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

/** One text with the notice of every package, by name. */
export function licenseText(root, folders) {
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [...new Set(folders)]
    .toSorted()
    .map((folder) => noticeOf(resolve(root, folder)))
    .join(rule);
}
