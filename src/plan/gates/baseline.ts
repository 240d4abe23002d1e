import { groupedBy } from '../../units/grouped.ts'
import { remembering } from '../../units/remembered.ts'
import type { ScenarioIdentity } from '../result/result.ts'
import type { Judged } from './gates.ts'
import type { Baseline } from './growth.ts'

/** A result to compare with: one of `plan`, or one that `readSaved` returned. */
export interface Earlier {
  readonly scenario: Pick<ScenarioIdentity, 'name' | 'file'>
  /** With the numbers that gates are about. */
  readonly strategies: readonly Judged[]
}

/**
 * What earlier results say of a scenario under a strategy: of the result with the same file or, where
 * none has it, of the only one with the same name. Where a file holds several scenarios, the name says
 * which. Empty where they say nothing.
 */
export function baselineFor(
  { name, file }: Pick<ScenarioIdentity, 'name' | 'file'>,
  strategy: string,
  earlier: readonly Earlier[],
): Baseline {
  // Standard input is a file of that name to every scenario.
  const sameFile =
    file === '-' ? [] : (inFiles(earlier, [], () => by('file', earlier)).get(file) ?? [])
  const among = sameFile.length > 0 ? sameFile : earlier
  const isSure = sameFile.length === 1
  const [found, another] = isSure
    ? sameFile
    : (withNames(among, [], () => by('name', among)).get(name) ?? [])
  const numbers =
    another === undefined ? found?.strategies.find(({ id }) => id === strategy) : undefined
  if (numbers?.applies !== true) return {}
  return { pageTableBytes: numbers.pageTables.bytes, risk: numbers.risk.level }
}

/** Made once for all scenarios that are compared with the same results. */
const inFiles = remembering<readonly Earlier[], Index>()
const withNames = remembering<readonly Earlier[], Index>()

type Index = ReadonlyMap<string | undefined, readonly Earlier[]>

function by(key: 'name' | 'file', earlier: readonly Earlier[]): Index {
  return groupedBy(earlier, ({ scenario }) => scenario[key])
}
