import { describe, expect, it } from 'vitest'
import { collectScript } from '../../../src/capture/collect/collect-script.ts'
import { collectsIn } from './behaviour.ts'

describe('the script in the sh of this machine', () =>
  collectsIn({ name: 'sh', command: ['/bin/sh'] }))

it('holds the choice as words of its own, whatever is in them', () => {
  const names = ["it's", '$(x)', 'a\nb']
  const selection = { pids: [7], names, users: ['root'], cgroups: ['/db'] }
  expect(collectScript({ selection, keep: 'none' })).toContain(
    "\nset -- --pid '7' --name 'it'\\''s' --name '$(x)' --name 'a\nb' --user 'root' --cgroup '/db' --arguments 'none' \"$@\"\n",
  )
})

it('says in its first lines what it reads, as the archive has it', () => {
  const script = collectScript({ selection: { pids: [], names: [], users: [], cgroups: [] } })
  const [head = ''] = script.split('\n\n')
  const copied = /done <<END\n([\s\S]*?)\nEND\n/.exec(script)?.[1]?.split('\n') ?? []
  const tops = new Set([...copied, 'etc/passwd'].map((path) => path.split('/')[0]))
  expect([...tops].toSorted()).toEqual(['boot', 'etc', 'proc', 'sys'])
  for (const place of ['/proc', '/sys', '/boot/config-*', '/etc/passwd'])
    expect(head).toContain(place)
})

it('has no sign that TypeScript was meant to take out', () => {
  const selection = { pids: [], names: [], users: [], cgroups: [] }
  expect(collectScript({ selection })).not.toMatch(/\\\$\{|undefined|@[A-Z]+@/)
})
