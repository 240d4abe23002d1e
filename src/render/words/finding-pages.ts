import type { FindingKind } from '../../plan/result/finding.ts'

/** The title of each page of docs/findings, as its name has it behind the id. */
const titles: Readonly<Record<FindingKind, string>> = {
  'mshare-costs-more': 'mshare-costs-more',
  'mshare-saves-little': 'mshare-saves-little',
  'addresses-differ': 'addresses-differ',
  'owner-short-lived': 'owner-short-lived',
  'sharer-outside-owner-cgroup': 'sharer-outside-owner-cgroup',
  'posted-code-defects': 'posted-code-defects',
  'innocent-victim': 'innocent-victim',
  'own-tables-kept': 'own-tables-kept',
  'private-exceeds-base-tables': 'private-exceeds-base-tables',
  'tables-exceed-data': 'tables-exceed-data',
  'few-pages-touch-most-tables': 'few-pages-touch-most-tables',
  'huge-pages-do-it-today': 'huge-pages-today',
  'nothing-to-gain': 'nothing-to-gain',
  'private-regions-united': 'private-regions-united',
  'swap-cannot-help': 'swap-cannot-help',
  'base-tables-decide': 'base-tables-decide',
  'pool-too-small': 'pool-too-small',
  'stranded-huge-pages': 'stranded-huge-pages',
  'linked-tables': 'linked-tables',
  'overcommit-refuses': 'overcommit-refuses',
  'tables-decide': 'tables-decide',
  'assumption-decides': 'assumption-decides',
  'pool-exceeds-memory': 'pool-exceeds-memory',
  'owner-is-single-point': 'owner-is-single-point',
  'private-writes-shared': 'private-writes-shared',
  'waiver-expired': 'waiver-expired',
  'waiver-unmatched': 'waiver-unmatched',
  'mappings-unread': 'mappings-unread',
  'touched-in-part': 'touched-in-part',
}

/** Where the guide and the pages on findings are read. */
export const docsAddress = 'https://github.com/mshare-plan/mshare-plan/blob/main/docs'

/** The address of the page on a finding. */
export function pageAddress({
  id,
  kind,
}: {
  readonly id: string
  readonly kind: FindingKind
}): string {
  return `${docsAddress}/findings/${id}-${titles[kind]}.md`
}
