import { walkAddress } from '../../../plan/explain/walk-address.ts'
import { planWithWorkings } from '../../../plan/plan.ts'
import type { AddressFault, AddressWalk } from '../../../plan/result/explanation.ts'
import { renderAddress } from '../../../render/address.ts'
import { renderJson } from '../../../render/json.ts'
import { nearest } from '../../../scenario/yaml/suggest.ts'
import { printable } from '../../../units/printable.ts'
import { enumeration } from '../../arguments/option.ts'
import type { Request } from '../../arguments/request.ts'
import type { World } from '../../machine/world.ts'
import { checkOutputs, deliverResults } from '../../output/delivery.ts'
import { shownPath } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import { reportText } from '../../output/report.ts'
import type { Status } from '../../output/status.ts'
import { status } from '../../output/status.ts'
import type { ReadScenario } from '../../scenarios/scenario-file.ts'
import { scenarioResults } from '../../scenarios/scenario-results.ts'
import { findSources } from '../../scenarios/sources.ts'

/** Walks one address of a process through its page tables, in every scenario named. */
export async function explainAddress(request: Request, world: World): Promise<Status> {
  if (request.operands.length === 0) {
    await reportText('--address requires a scenario; name its file', world)
    return status.invalid
  }
  const sources = await findSources(request.operands, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const compute = (scenario: ReadScenario): AddressWalk | Failure => walkIn(scenario, request)
  return scenarioResults(request, sources, world, compute, ({ results, failed }) =>
    deliverResults(request, { count: results.length, failed }, world, {
      table: async (ink) => results.map((walk) => renderAddress(walk, ink)).join('\n'),
      json: async () => json(results),
    }),
  )
}

function json(walks: readonly AddressWalk[]): string {
  const [first] = walks
  return walks.length === 1 && first !== undefined
    ? renderJson(first)
    : renderJson({ schema: 'mshare-plan/addresses/1', walks })
}

function walkIn(
  { workload, about, assumptions }: ReadScenario,
  { options: { address = '', group, strategy } }: Request,
): AddressWalk | Failure {
  const workings = planWithWorkings(workload, { ...about, assumptions })
  const asked = {
    address,
    ...(group === undefined ? {} : { group }),
    ...(strategy === undefined ? {} : { strategy }),
  }
  const walked = walkAddress(workings, asked)
  if (walked.ok) return walked.walk
  const { id } = workload.host.layout
  const text = printable(faultWords(walked.fault, { address, layout: id, group, strategy }))
  return { status: status.invalid, text: `${shownPath(about.file)}: ${text}` }
}

interface Asked {
  readonly address: string
  readonly layout: string
  readonly group: string | undefined
  readonly strategy: string | undefined
}

function faultWords(fault: AddressFault, { address, layout, group, strategy = '' }: Asked): string {
  switch (fault.kind) {
    case 'not-an-address':
      return `--address ${address} is invalid; write 0x and hexadecimal digits, for example 0x7f0000000000`
    case 'too-long':
      return `--address ${address} has more than 64 bits`
    case 'no-group':
      return group === undefined
        ? `--address requires --group NAME; groups are ${fault.groups.join(', ')}`
        : `group ${group} is unknown; ${near(group, fault.groups, 'groups')}`
    case 'no-strategy':
      return `strategy ${strategy} is unknown or not planned; ${near(strategy, fault.strategies, 'strategies')}`
    case 'refused':
      return `strategy ${strategy} is not possible here; mshare-plan plan says why`
    case 'kernel':
      return `${address} is in the kernel's half; on ${layout} a process maps addresses below ${fault.end}`
    case 'beyond':
      return `${address} is beyond the address space; on ${layout} a process maps addresses below ${fault.end}`
    case 'hole':
      return `${address} is in no mapping that the scenario describes; ${neighbours(fault)}`
  }
}

function near(name: string, known: readonly string[], what: string): string {
  const found = nearest(name, known)
  return found === undefined ? `${what} are ${known.join(', ')}` : `did you mean ${found}?`
}

function neighbours({ below, above }: Extract<AddressFault, { readonly kind: 'hole' }>): string {
  const said = [
    ...(below === undefined ? [] : [`${below.region} ends at ${below.end}`]),
    ...(above === undefined ? [] : [`${above.region} begins at ${above.start}`]),
  ]
  if (said.length === 0) return 'the group maps nothing'
  return `${enumeration(said, 'and')}. Programs, heaps and stacks have no addresses in a scenario`
}
