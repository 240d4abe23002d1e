import type { Obstacle } from '../../plan/result/result.ts'

interface ObstacleWords {
  /** Why it is refused. */
  readonly why: string
  /** What would make it possible. */
  readonly remedy: string
}

/** One sentence for each reason why a region, or a group's use of it, cannot take part. */
const obstacleWords: Readonly<Record<Obstacle['kind'], ObstacleWords>> = {
  layout: {
    why: 'the page-table layout does not offer it',
    remedy: 'plan it on a layout, or with an mshare revision, that does',
  },
  'page-size': {
    why: 'this machine has no huge pages of that size',
    remedy: 'use a size that it has, or another machine (`host.hugepageSizes`)',
  },
  backing: {
    why: 'the backing of the region cannot be used for it',
    remedy: 'give the region another backing',
  },
  'private-memory': {
    why: 'private memory belongs to one process and cannot be shared',
    remedy: 'keep the data in shared memory',
  },
  'private-mapping': {
    why: 'a private mapping (MAP_PRIVATE) cannot be shared',
    remedy: 'map the region shared',
  },
  alignment: {
    why: 'an address, an offset or a length is not a multiple of the required size',
    remedy: 'make it a multiple, or leave the address to `at: auto`',
  },
  overlap: {
    why: 'its window overlaps another mapping of the same process',
    remedy: 'move one of the two, or leave the address to `at: auto`',
  },
  permission: {
    why: 'the file mode does not let these processes open the region',
    remedy: 'change `mode`, `uid` or `gid` of the region or the group',
  },
  'address-space': {
    why: 'the address space of a process has no room left for another window',
    remedy: 'have one process map fewer regions, or put several into one region',
  },
  pool: {
    why: 'the huge-page pool has too few pages',
    remedy:
      'raise the pool (`host.hugepages`), or, without mshare, let the region go on with `fallback: base-pages` or `mixed`',
  },
  'not-mapped': {
    why: 'no process maps the region',
    remedy: 'add it to the `maps` of a group that has processes',
  },
}

/** Why nothing of a strategy can be planned, each reason once. */
export function whyNot({ obstacles }: { readonly obstacles: readonly Obstacle[] }): string {
  return whyNotKinds(obstacles.map(({ kind }) => kind))
}

export function whyNotKinds(kinds: readonly Obstacle['kind'][]): string {
  const reasons = [...new Set(kinds.map((kind) => obstacleWords[kind].why))]
  return reasons.length === 0 ? 'there are no regions' : reasons.join('; ')
}

/** The reason in words, with what it is about and the numbers it turns on. */
export function obstacleSentence(obstacle: Obstacle, name: (text: string) => string): string {
  const { why, remedy } = obstacleWords[obstacle.kind]
  const region = obstacle.region === undefined ? [] : [`region ${name(obstacle.region)}`]
  const group = obstacle.group === undefined ? [] : [`group ${name(obstacle.group)}`]
  const need = obstacle.need === undefined ? [] : [`needed ${name(obstacle.need)}`]
  const found = obstacle.found === undefined ? [] : [`found ${name(obstacle.found)}`]
  const about = [...region, ...group].join(', ')
  const numbers = [...need, ...found].join(', ')
  const reason = numbers === '' ? why : `${why} (${numbers})`
  return `${about === '' ? '' : `${about}: `}${reason}; to change that, ${remedy}.`
}
