import type { Fault } from '../files/fault.ts'
import type { Unusable } from '../files/smaps.ts'
import type { TreeReason, TreeRefusal } from '../files/tree.ts'

const reasonWords: Readonly<Record<TreeReason, string>> = {
  missing: 'is missing',
  denied: 'permission denied',
  link: 'is a link, and links are not followed',
  'hard-link': 'is a hard link to another file of the archive, and links are not followed',
  special: 'is not a regular file',
  gone: 'no longer exists',
  'cut-off': 'is cut off: it has no entries for some of the mappings',
  failed: 'could not be read',
}

/** A refusal as a sentence. */
export function refusalSentence({ path, ...why }: TreeRefusal): string {
  return `/${path} ${refusalWords(why)}`
}

function refusalWords({ reason, detail }: Pick<TreeRefusal, 'reason' | 'detail'>): string {
  return `${reasonWords[reason]}${detail === undefined ? '' : ` (${detail})`}`
}

/** The fault in words, as the end of a sentence or a sentence of its own. */
export function faultWords(fault: Fault): string {
  // One entry for each kind: which of them takes this fault, the compiler cannot say.
  const words = wordsOf[fault.kind] as (fault: Fault) => string
  return words(fault)
}

/** The same with the line that shows it. */
export function unusableWords({ fault, place }: Unusable): string {
  const words = faultWords(fault)
  return place === undefined ? words : `${words}: ${place}`
}

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { readonly kind: Kind }>

const wordsOf: { readonly [Kind in Fault['kind']]: (fault: FaultOf<Kind>) => string } = {
  'past-2^53-bytes': ({ key }) => `${key} is past 2^53 bytes`,
  'past-2^53': ({ key }) => `${key} is past 2^53`,
  twice: ({ key }) => `${key} appears twice`,
  'wrong-unit': ({ key }) => `${key} is not a number in its unit`,
  'no-whole-number': ({ key }) => `${key} is not a whole number`,
  missing: ({ key }) => `${key} is missing`,
  'above-mem-total': ({ key }) => `${key} is more than MemTotal`,
  'ids-missing': () => 'ids are missing',
  'rss-below-anonymous': () => 'RssAnon is more than VmRSS',
  'pages-without-tables': () => 'VmPTE is 0, VmRSS is not',
  'impossible-threads': ({ threads }) => `Threads is ${threads}`,
  'main-thread-ended': () => 'its main thread has ended; the other threads are ignored',
  empty: () => 'is empty',
  unread: refusalWords,
  'strange-line': () => 'holds an invalid line',
  'cut-off-line': () => 'ends in the middle of a line',
  'cut-off-mapping': () => 'ends in the middle of a mapping',
  'fewer-mappings': ({ mappings, listed }) =>
    `is cut off and is ignored: it has ${mappings} mappings, maps has ${listed}`,
  'no-stack': ({ kib, sizeKib }) =>
    `may be cut off: its mappings have ${kib} kB and no stack; VmSize is ${sizeKib} kB`,
  endless: () => 'holds a line or mapping that is too long',
  'out-of-order': () => 'holds mappings that overlap or are out of order',
  'field-twice': ({ key }) => `says ${key} twice in one mapping`,
  'field-no-kib': ({ key }) => `has an invalid ${key}: not a number of kB, or past 2^53 bytes`,
  'unknown-page-size': () => 'has an invalid KernelPageSize',
  'rss-above-mapping': () => 'has an Rss larger than its mapping',
  'anonymous-above-rss': () => 'has more Anonymous than Rss',
  'huge-above-rss': () => 'has more huge pages than Rss',
  'hugetlb-above-mapping': () => 'has more hugetlb pages than its mapping holds',
  'no-meminfo': () => '/proc/meminfo could not be read',
  'no-mem-total': () => '/proc/meminfo has no MemTotal',
  'mem-total': ({ fault }) => `/proc/meminfo: ${faultWords(fault)}`,
  'mem-total-zero': () => '/proc/meminfo: MemTotal is 0',
  'not-modelled': ({ shape, by }) =>
    `page tables of ${shape} are not supported${by === undefined ? '' : ` (${by})`}`,
  'several-machines': ({ roots: [one, another] }) =>
    `it holds more than one machine: ${one} and ${another}`,
  'proc-itself': () =>
    'it is a copy of /proc itself; pack its parent directory, with the copy named proc',
  'bad-archive': ({ why }) => why,
  'no-process': () => 'it has no processes',
  'nothing-printed': () =>
    'it has no output that is known; paste /proc/meminfo, ps auxww and ipcs -m, or name a copy with --root',
  'memory-unprinted': () =>
    'the memory of the machine is unknown; add /proc/meminfo, or the output of free',
  'none-readable': () => 'no process could be read',
  'none-fits': ({ processes }) =>
    processes === 1
      ? 'the only process does not match the selection'
      : `none of the ${processes} processes matches the selection`,
  inexact: ({ quantity }) => `${quantity}: past 2^53 bytes`,
  unplannable: ({ why }) =>
    `the captured scenario cannot be planned${why === undefined ? '' : `: ${why}`}`,
}
