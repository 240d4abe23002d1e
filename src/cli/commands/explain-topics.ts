import { renderJson } from '../../render/json.ts'
import type { FindingTitle } from '../../render/terms.ts'
import { guidePath, renderTerm, renderTopics } from '../../render/terms.ts'
import type { Ink } from '../../render/text/ink.ts'
import type { Term } from '../../render/words/terms/term.ts'
import { termGroups } from '../../render/words/terms/terms.ts'
import { findingIds } from '../../workload/finding-ids.ts'
import type { Request } from '../arguments/request.ts'
import type { Refusal, World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import type { Topic } from './topics.ts'
import { topicsOf } from './topics.ts'

/** Explains words of the tables, and findings; without operands it lists them all. */
export async function explainTopics(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  const option = scenarioOption(request)
  if (option !== undefined) {
    return invalid(`${option} requires a scenario; name a file`, world)
  }
  const { operands } = request
  const found = operands.length === 0 ? undefined : topicsOf(operands, world)
  if (found?.ok === false) return invalid(found.fault, world)
  const reading = findingPages(found === undefined ? allFindings : idsIn(found.topics), world)
  if (!reading.ok) {
    await reportText(refusalText('read', reading), world)
    return statusOfRefusal(reading)
  }
  const { pages } = reading
  return found === undefined
    ? deliver(request, world, {
        table: async (ink) => renderTopics(termGroups, pages, ink),
        json: () => json(allTerms, pages.map(titled)),
      })
    : deliver(request, world, {
        table: async (ink) => table(found.topics, pages, ink),
        json: () => jsonOf(found.topics, pages),
      })
}

/** An option that is about the numbers of a scenario. */
function scenarioOption({ options, overrides }: Request): string | undefined {
  if (overrides.length > 0) return '--set'
  if (options.strategy !== undefined) return '--strategy'
  return options.numaNodes === undefined ? undefined : '--numa-nodes'
}

async function invalid(text: string, world: World): Promise<Status> {
  await reportText(text, world)
  return status.invalid
}

function idsIn(topics: readonly Topic[]): readonly string[] {
  return topics.flatMap((topic) => (topic.kind === 'finding' ? [topic.id] : []))
}

const allTerms = termGroups.flatMap(({ terms }) => terms)

function titled({ id, title }: FindingPage): FindingTitle {
  return { id, title }
}

/** In the order in which they were asked for. */
function table(topics: readonly Topic[], pages: readonly FindingPage[], ink: Ink): string {
  return topics
    .map((topic) =>
      topic.kind === 'term'
        ? renderTerm(topic.term, ink)
        : (pages.find(({ id }) => id === topic.id)?.page ?? ''),
    )
    .join('\n')
}

async function jsonOf(topics: readonly Topic[], pages: readonly FindingPage[]): Promise<string> {
  const terms = topics.flatMap((topic) => (topic.kind === 'term' ? [topic.term] : []))
  if (terms.length > 0) return json(terms, pages)
  const plain = pages.map(({ id, page }) => ({ id, page }))
  return renderJson({ schema: 'mshare-plan/finding-pages/1', pages: plain })
}

async function json(terms: readonly Term[], findings: readonly FindingTitle[]): Promise<string> {
  const published = terms.map((term) => ({ ...term, page: guidePath(term) }))
  return renderJson({ schema: 'mshare-plan/terms/1', terms: published, findings })
}

/** A finding with its page, which ships with the program. */
interface FindingPage {
  readonly id: string
  /** The heading of the page. */
  readonly title: string
  readonly page: string
}

/** Ids of all findings, in their order. */
const allFindings: readonly string[] = Object.values<string>(findingIds).toSorted()

const mostOfPage = 2 ** 20

/** The pages of findings, or why one of them cannot be read. */
function findingPages(
  ids: readonly string[],
  world: World,
): { readonly ok: true; readonly pages: readonly FindingPage[] } | Refusal {
  const pages: FindingPage[] = []
  for (const id of ids) {
    const reading = world.readFile(world.pageOf(id), mostOfPage)
    if (!reading.ok) return reading
    const page = new TextDecoder().decode(reading.content)
    const [, title = ''] = /^# MSP\d+: (.+)$/m.exec(page) ?? []
    pages.push({ id, title, page })
  }
  return { ok: true, pages }
}
