import * as z from 'zod/mini'
import type { Flaw } from '../yaml/issue.ts'
import { nearest } from '../yaml/suggest.ts'
import { formed, isShare, size, sizeOrShare } from './fields.ts'
import { parsePageList } from './page-list.ts'
import type { TouchedKinds, TouchedText } from './scenario-text.ts'
import { flawOfSize } from './size-flaws.ts'

const expected =
  '`all`, `none`, `40%`, or one of { first: 10 GiB }, { every: 2 MiB }, { pages: "0,5,7-9" }, { ranges: [{ offset: 0 B, length: 1 GiB }] }, { random: 1000 pages }, { random: 40%, in: 1 MiB }'

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

const range = z.strictObject({
  offset: size('Where in the mapping the range begins.'),
  length: size('Length of the range.'),
})

const kinds = z
  .strictObject({
    first: z.optional(sizeOrShare('The start of the mapping: a size, pages or a percentage.')),
    every: z.optional(size('One page at each multiple of this size.')),
    pages: z.optional(pageList),
    ranges: z.optional(
      z
        .array(range)
        .check(z.meta({ description: 'Every page that holds a byte of these ranges.' })),
    ),
    random: z.optional(
      sizeOrShare('This number of distinct pages, uniformly, independently in each process.'),
    ),
    in: z.optional(
      size(
        'With `random`: the mapping is cut into clusters of this size, which are drawn instead of single pages.',
      ),
    ),
  })
  .check(
    (payload) => {
      if (payload.issues.length > 0) return
      const { in: cluster, ...kind } = payload.value
      if (Object.keys(kind).length !== 1) {
        const tell = (): Flaw => ({ message: 'one kind of touched pages is needed', expected })
        payload.issues.push({ code: 'custom', input: payload.value, params: { tell } })
      } else if (cluster !== undefined && kind.random === undefined) {
        const tell = (): Flaw => clusterFlaw(cluster, kind)
        payload.issues.push({ code: 'custom', input: cluster, path: ['in'], params: { tell } })
      }
    },
    z.meta({
      oneOf: ['first', 'every', 'pages', 'ranges', 'random'].map((kind) => ({ required: [kind] })),
      dependencies: { in: ['random'] },
    }),
  )

/** The set of base pages of a mapping that one process ever touches. */
export const touched: z.ZodMiniType<TouchedText> = z.union([words, kinds]).check(
  z.meta({
    description: 'The pages of the mapping that one process ever touches. Default: all.',
  }),
)

/** `in` without `random` to draw its clusters from. */
function clusterFlaw(cluster: string, { first }: TouchedKinds): Flaw {
  return {
    message: '`in` requires `random`: it is the size of the clusters that `random` draws',
    expected: '`in` with `random` only',
    suggestion: `write \`{ random: ${first ?? '40%'}, in: ${cluster} }\``,
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
