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

it('has no sign that TypeScript was meant to take out', () => {
  const selection = { pids: [], names: [], users: [], cgroups: [] }
  expect(collectScript({ selection })).not.toMatch(/\\\$\{|undefined|@[A-Z]+@/)
})
