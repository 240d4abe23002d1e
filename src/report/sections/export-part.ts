import type { Change } from '../../plan/result/advice-result.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** What the reader takes along. */
export interface Exported {
  readonly changes: readonly Change[]
  /** The scenario with the changes. */
  readonly yaml: string
  /** Name of the file that is offered. */
  readonly fileName: string
  /** Absent where no command plans the same. */
  readonly command?: string
}

/** The scenario with its changes, as a command and as YAML. */
export function exportPart({ changes, yaml, fileName, command }: Exported): readonly Markup[] {
  return [
    el('h2', {}, 'Take it along'),
    changes.length === 0
      ? el('p', {}, 'Nothing is changed yet: this is the scenario as it was.')
      : el(
          'ul',
          {},
          ...changes.map(({ path, value }) =>
            el('li', {}, el('code', {}, `${path}: ${value ?? 'removed'}`)),
          ),
        ),
    ...(command === undefined
      ? [
          el(
            'p',
            {},
            `No command changes this scenario alone. Save the YAML below, then run: mshare-plan ${fileName}`,
          ),
        ]
      : [
          el('p', {}, 'This command plans the same:'),
          el('pre', { id: 'command' }, command),
          copy('command', 'Copy the command'),
        ]),
    el('label', { for: 'yaml' }, 'The scenario as YAML, without the comments of its file'),
    el('textarea', { id: 'yaml', readonly: true, rows: 14, spellcheck: 'false' }, yaml),
    copy('yaml', 'Copy the YAML'),
    el('button', { type: 'button', id: 'download', 'data-name': fileName }, `Save ${fileName}`),
  ]
}

function copy(id: string, label: string): Tagged {
  return el('button', { type: 'button', 'data-copy': id }, label)
}
