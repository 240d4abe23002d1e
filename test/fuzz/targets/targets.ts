import { archive } from './archive.ts'
import { commandLine } from './command-line.ts'
import { configuration } from './configuration.ts'
import { kernelLog } from './kernel-log.ts'
import { procTree } from './proc-tree.ts'
import { savedResult } from './saved-result.ts'
import { scenario } from './scenario.ts'
import type { Target } from './target.ts'

/** What is fuzzed, by the name that `--target` takes. */
export const targets: Readonly<Record<string, Target>> = {
  scenario,
  'command-line': commandLine,
  'saved-result': savedResult,
  archive,
  'proc-tree': procTree,
  configuration,
  'kernel-log': kernelLog,
}
