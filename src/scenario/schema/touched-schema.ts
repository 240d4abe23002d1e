import type { Flaw } from '../yaml/issue.ts'
import { nearest } from '../yaml/suggest.ts'
import { amount, formed, isShare, mostCount, size, sizeOrShare, whole, word } from './fields.ts'
import { parsePageList } from './page-list.ts'
import type { RangeText, TouchedKinds, TouchedText, ZipfText } from './scenario-text.ts'
import type { Judge, Shape } from './shape.ts'
import { either, helped, list, optional, ranged, undescribed } from './shape.ts'
import { flawOfSize } from './size-flaws.ts'

const expected =
  '`all`, `none`, `40%`, or one of { first: 10 GiB }, { every: 2 MiB }, { pages: "0,5,7-9" }, { ranges: [{ offset: 0 B, length: 1 GiB }] }, { random: 1000 pages }, { random: 40%, in: 1 MiB }, { zipf: { exponent: 1.1, accesses: 1e7 } }'

const words = formed(
  (value) => value === 'all' || value === 'none' || isShare(value),
  (written) => ({
    message: `\`${written}\` is not a set of touched pages`,
    expected,
    ...suggest(written),
  }),
  {
    description: 'all, none, or a percentage of the pages at random.',
    examples: ['all', 'none', '40%'],
  },
)

const pageList = formed(
  (value) => parsePageList(value) !== undefined,
  (written) => ({
    message: `\`${written}\` is not a list of pages`,
    expected: 'page numbers and ranges in quotes, such as "0,5,7-9"',
  }),
  {
    description: 'These base pages of the mapping, counted from 0: "0,5,7-9".',
    type: ['string', 'integer'],
  },
)

const range = undescribed<RangeText>({
  offset: ranged(size('Where in the mapping the range begins.')),
  length: ranged(size('Length of the range.')),
})

const zipf = undescribed<ZipfText>({
  exponent: amount('How skewed: rank i is hit in proportion to 1 / i^exponent; 0 hits all alike.'),
  accesses: ranged(whole('Accesses of each process, independent, each to any page.', 1, mostCount)),
  order: optional(
    word(
      'Whether the ranks follow the pages, or lie at random over them, for all processes alike.',
      ['in-order', 'scattered'],
      'in-order',
    ),
  ),
})

const oneKind: Judge = ({ in: cluster, ...kind }) => {
  if (Object.keys(kind).length !== 1) {
    return { tell: () => ({ message: 'one kind of touched pages is needed', expected }) }
  }
  if (cluster === undefined || kind['random'] !== undefined) return undefined
  return { tell: () => clusterFlaw(String(cluster), kind), at: 'in' }
}

const kinds = undescribed<TouchedKinds>(
  {
    first: optional(
      ranged(sizeOrShare('The start of the mapping: a size, pages or a percentage.')),
    ),
    every: optional(ranged(size('One page at each multiple of this size.'))),
    pages: optional(pageList),
    ranges: optional(helped('Every page that holds a byte of these ranges.', list(range))),
    random: optional(
      ranged(
        sizeOrShare('This number of distinct pages, uniformly, independently in each process.'),
      ),
    ),
    in: optional(
      size(
        'With `random`: the mapping is cut into clusters of this size, which are drawn instead of single pages.',
      ),
    ),
    zipf: optional(
      helped('Pages drawn with replacement, by rank: few pages get most accesses.', zipf),
    ),
  },
  oneKind,
  {
    oneOf: ['first', 'every', 'pages', 'ranges', 'random', 'zipf'].map((kind) => ({
      required: [kind],
    })),
    dependencies: { in: ['random'] },
  },
)

/** The set of base pages of a mapping that one process ever touches. */
export const touched: Shape<TouchedText> = helped(
  'The pages of the mapping that one process ever touches. Default: all.',
  either<TouchedText>(ranged(words), kinds),
)

/** `in` without `random` to draw its clusters from. */
function clusterFlaw(cluster: string, { first, zipf }: Readonly<Record<string, unknown>>): Flaw {
  return {
    message: '`in` requires `random`: it is the size of the clusters that `random` draws',
    expected: '`in` with `random` only',
    suggestion:
      zipf === undefined
        ? `write \`{ random: ${first ?? '40%'}, in: ${cluster} }\``
        : 'remove `in`',
  }
}

function suggest(written: string): { readonly suggestion?: string } {
  if (/^\d{1,2}$/.test(written)) return { suggestion: `did you mean \`${written}%\`?` }
  if (flawOfSize(written) === undefined) {
    return { suggestion: `did you mean \`{ first: ${written} }\` or \`{ random: ${written} }\`?` }
  }
  const near = nearest(written, ['all', 'none'])
  return near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }
}
