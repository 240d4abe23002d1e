import { findingIds } from '../../workload/finding-ids.ts'
import type { Refusal, World } from '../machine/world.ts'

/** A finding with its page, which ships with the program. */
export interface FindingPage {
  readonly id: string
  /** The heading of the page. */
  readonly title: string
  readonly page: string
}

/** Ids of all findings, in their order. */
export const allFindings: readonly string[] = Object.values<string>(findingIds).toSorted()

const mostOfPage = 2 ** 20

/** The pages of findings, or why one of them cannot be read. */
export function findingPages(
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
