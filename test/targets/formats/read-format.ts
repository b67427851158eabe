import type {
  ConfigurationFormat,
  FileContent,
  FormatContext,
  FoundConfiguration,
} from '../../../src/targets/formats/format.js';

/** Reads a text as the first file of a format, in the folder /project. */
export function readAs(
  format: ConfigurationFormat,
  text: string,
  environment: Readonly<Record<string, string>> = {},
): FileContent {
  const [name = ''] = format.files;
  const variables = new Map(Object.entries(environment));
  const context: FormatContext = {
    file: `/project/${name.replace('*', '')}`,
    folder: '/project',
    platform: 'linux',
    environment: (variable) => variables.get(variable) ?? null,
  };
  return format.read(text, context);
}

/** The address of every configuration: `role adapter host port`, a dash for what is not said. */
export function addressesOf({ configurations }: FileContent): string[] {
  return configurations.map(({ role, adapter, host, port }: FoundConfiguration) => {
    return `${role} ${adapter} ${host ?? '-'} ${port ?? '-'}`;
  });
}

/** `line:column` of every problem. */
export function placesOf({ problems }: FileContent): string[] {
  return problems.map(({ line, column }) => `${line}:${column}`);
}
