import { expect, it } from 'vitest'
import { readCgroup } from '../../../../src/importers/oom-report/log/cgroup-lines.ts'

const infoOf = (...lines: readonly string[]) => {
  const reader = readCgroup()
  for (const line of lines) reader.take(line)
  return reader.info()
}

it('v2: usage, limit and memory.stat in bytes', () => {
  const info = infoOf(
    'memory: usage 16777216kB, limit 16777216kB, failcnt 78114',
    'swap: usage 0kB, limit 9007199254740988kB, failcnt 0',
    'Memory cgroup stats for /a/b.slice:',
    'anon 925286400',
    '  pagetables 3277824000',
  )
  expect(info).toMatchObject({ path: '/a/b.slice', usage: 16777216, limit: 16777216, swapUsage: 0 })
  expect(info).not.toHaveProperty('swapLimit')
  expect(info?.stats.get('pagetables')).toBe(3277824000)
})

it('v1 before 5.1: a line for each cgroup, which add up; the path from the victim', () => {
  const info = infoOf(
    'Task in /lxc/a/b killed as a result of limit of /lxc/a',
    'memory+swap: usage 8kB, limit 9007199254740991kB, failcnt 0',
    'kmem: usage 12kB, limit 9007199254740988kB, failcnt 0',
    'Memory cgroup stats for /lxc/a: cache:52KB rss:100KB rss_huge:0KB mapped_file:8KB swap:0KB',
    'Memory cgroup stats for /lxc/a/b: cache:8KB rss:28KB rss_huge:0KB mapped_file:0KB swap:0KB',
  )
  expect(info).toMatchObject({ path: '/lxc/a', bothUsage: 8, kernelUsage: 12 })
  expect(info).not.toHaveProperty('bothLimit')
  expect(info?.stats.get('rss')).toBe(128 * 1024)
})

it('counters are only taken behind their head; without any line there is no cgroup', () => {
  expect(infoOf('anon 925286400', 'ordinary words')).toBeUndefined()
})
