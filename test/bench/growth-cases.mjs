/*
 * Scenarios that grow in one direction, as data: what a scenario file says.
 */

/**
 * @typedef {object} GrowthCase
 * @property {readonly [number, number]} sizes one, and ten times that
 * @property {(size: number) => object} scenario
 * @property {'plan' | 'limits' | 'screen'} answer
 */

const memory = '4 TiB'
const numbers = (size) => Array.from({ length: size }, (_, index) => index)
const named = (prefix, size, of) =>
  Object.fromEntries(numbers(size).map((index) => [`${prefix}${index}`, of(index)]))

function mappingsInOneGroup(size) {
  const maps = numbers(size).map((index) => ({
    region: 'pool',
    offset: `${index * 2} MiB`,
    length: '2 MiB',
  }))
  return {
    host: { memory },
    regions: { pool: { size: `${size * 2} MiB`, mshare: true } },
    groups: { clients: { processes: 100, private: '8 MiB', maps } },
  }
}

function groups(size) {
  return {
    host: { memory },
    regions: { pool: { size: '16 GiB', mshare: true } },
    groups: named('g', size, (index) => ({
      processes: 5 + (index % 7),
      private: '8 MiB',
      maps: [{ region: 'pool', touched: `${10 + (index % 50)}%` }],
    })),
  }
}

/** A region for each group: tenants without cgroups. */
function regions(size) {
  return {
    host: { memory },
    regions: named('r', size, (index) => ({ size: `${64 + (index % 5)} MiB`, mshare: true })),
    groups: named('g', size, (index) => ({
      processes: 10,
      private: '8 MiB',
      maps: [{ region: `r${index}` }],
    })),
  }
}

function regionsInOneGroup(size) {
  return {
    host: { memory },
    regions: named('r', size, (index) => ({ size: `${4 + (index % 5)} MiB` })),
    groups: {
      clients: {
        processes: 100,
        private: '8 MiB',
        maps: numbers(size).map((index) => ({ region: `r${index}` })),
      },
    },
  }
}

/** Tenants with a cgroup, a region and a group each. */
function cgroups(size) {
  return {
    host: { memory, cgroups: named('c', size, () => ({ limit: '16 GiB' })) },
    regions: named('r', size, () => ({ size: '4 GiB', mshare: true })),
    groups: named('g', size, (index) => ({
      processes: 100 + index,
      private: '8 MiB',
      cgroup: `c${index}`,
      maps: [{ region: `r${index}`, touched: '50%' }],
    })),
  }
}

/** @type {Readonly<Record<string, GrowthCase>>} */
export const growthCases = {
  'mappings in one group': { sizes: [1000, 10_000], scenario: mappingsInOneGroup, answer: 'plan' },
  groups: { sizes: [100, 1000], scenario: groups, answer: 'plan' },
  regions: { sizes: [100, 1000], scenario: regions, answer: 'plan' },
  'regions in one group': { sizes: [200, 2000], scenario: regionsInOneGroup, answer: 'plan' },
  tenants: { sizes: [1, 10], scenario: cgroups, answer: 'plan' },
  cgroups: { sizes: [10, 100], scenario: cgroups, answer: 'plan' },
  'groups, the screen and its details': { sizes: [100, 1000], scenario: groups, answer: 'screen' },
  'limits of tenants': { sizes: [1, 10], scenario: cgroups, answer: 'limits' },
}
