import { expect, test } from 'vitest'
import { applied, resultOfText } from './applied.ts'

/** Two instances of 50 processes with 100 MiB each, on 8 GiB. */
const text = `
version: 1
host: { memory: 8 GiB, minFree: 0 B, thp: { anonymous: never } }
regions:
  shm: { size: 2 MiB, backing: sysv-shm, copies: 2 }
groups:
  web:
    processes: 50
    copies: 2
    private: 100 MiB
    baseTables: 300 KiB
    kernelMemory: 48 KiB
    maps: [{ region: shm }]
strategies: [as-described]
`

test('a pooler has as many processes in each instance, as the scenario writes them', () => {
  const { advice } = resultOfText(text)
  const pooler = advice.find(({ action }) => action === 'pooler')
  if (pooler?.action !== 'pooler') throw new RangeError('no pooler is advised')
  // 0.9 · 8 GiB, less 2 · 2 MiB; each takes 100 MiB, 300 + 48 KiB and four tables.
  const each = 100 * 2 ** 20 + 348 * 1024 + 4 * 4096
  const safe = Math.floor((0.9 * 2 ** 33 - 2 ** 22) / (2 * each))
  expect(pooler).toMatchObject({ group: 'web', processes: 50, safeProcesses: safe })
  expect(pooler.changes).toContainEqual({ path: 'groups.web.processes', value: safe })

  const [after] = resultOfText(applied(text, pooler)).strategies
  expect(after).toMatchObject({
    pageTables: { bytes: pooler.pageTableBytes },
    memory: { headroomBytes: pooler.headroomBytes },
    risk: { level: 'safe' },
  })
})

test('a pooler names the group that the scenario has, where the pool holds some instances', () => {
  const short = text
    .replace('minFree', 'hugepages: { 2 MiB: 1 }, minFree')
    .replace('backing: sysv-shm', 'backing: sysv-shm, pageSize: 2 MiB, fallback: base-pages')
  const pooler = resultOfText(short).advice.find(({ action }) => action === 'pooler')
  if (pooler?.action !== 'pooler') throw new RangeError('no pooler is advised')
  expect(pooler.group).toBe('web')
  const paths = pooler.changes.map(({ path }) => path)
  expect(paths.filter((path) => path.includes('processes'))).toEqual(['groups.web.processes'])
  const [after] = resultOfText(applied(short, pooler)).strategies
  expect(after).toMatchObject({
    memory: { headroomBytes: pooler.headroomBytes },
    risk: { level: 'safe' },
  })
})
