import type { Layout } from '../../geometry/layout.ts'
import type { Intervals } from '../../space/intervals.ts'
import { overlap, spansReached, union } from '../../space/intervals.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import { notCopied } from './freed.ts'
import type { Claim, Held } from './held.ts'
import { extentOf, freeing, untouched } from './held.ts'
import type { Space, State } from './state.ts'
import { addedTo } from './state.ts'

/**
 * The address space of a child. It has all mappings of its parent, at the same addresses, and then maps
 * what its own group has beyond them.
 */
export function forked(state: State, parent: Space, into: Group): Space {
  const { layout } = state.scenario.host
  const copies = parent.held.map((held) => copiedParts(state, held))
  const copied = union(copies)
  const claimsOf = (claims: readonly Claim[]): readonly Claim[] =>
    copiedClaims(layout, claims, copied)
  const inherited = parent.held.map((held, index): Held => {
    // A child has what its parent had until one of them writes: it takes no memory of its own.
    const isKept = !held.backing.isOwn && (copies[index]?.length ?? 0) > 0
    const content = isKept ? held.content : untouched
    return { ...held, content, claims: claimsOf(held.claims) }
  })
  const left = inherited.map(({ mapping }) => mapping.region)
  const isNew = ({ region }: Mapping): boolean => {
    const at = left.indexOf(region)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  }
  const held = [...inherited, ...addedTo(state, into, inherited, isNew)]
  return { held, orphans: claimsOf(parent.orphans) }
}

/**
 * vma_needs_copy() in mm/memory.c: tables are copied where the mapping has an anon_vma; everything else
 * faults again. Until Linux 6.0 (hugetlb: lazy page table copies in fork()) shared hugetlb was copied too.
 */
function copiedParts({ scenario }: State, held: Held): Intervals {
  const { backing, first, prepared, mapping } = held
  if (backing.isOwn) return prepared.map((page) => first + page)
  const { layout, kernel } = scenario.host
  const region = scenario.regions.find(({ name }) => name === mapping.region)
  if (region === undefined || isAtLeast(kernel, lazyHugetlb)) return []
  const isHugetlb = region.pageBytes > layout.pageBytes && region.backing !== 'dax'
  return isHugetlb ? extentOf(held) : []
}

const lazyHugetlb = { major: 6, minor: 0 } as const

/** Whoever made the tables: a table that a copied mapping reaches is copied. */
function copiedClaims(
  layout: Layout,
  claims: readonly Claim[],
  copied: Intervals,
): readonly Claim[] {
  const top = layout.levels.filter(({ name }) => name !== 'pgd').at(-1)
  const reach = top?.reach ?? 1
  const kept = spansReached(copied, reach).map((span) => span * reach)
  const reached = claims.filter(({ first, pages }) => overlap(kept, [first, first + pages]) > 0)
  return freeing(reached, notCopied(layout, copied))
}
