import { describe, expect, it, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Purpose } from '../../../src/scenario/resolve/resolve-workload.ts'
import { minimal } from '../reading.ts'

const sums = 'processes: 10, vmPte: 1 MiB'

/** `line:column message`, or with `suggestion` that, one for each issue. */
function issuesOf(
  measured: string,
  what: 'message' | 'suggestion' = 'message',
  purpose: Purpose = 'verify',
): readonly string[] {
  const text = `${minimal}measured: { ${measured} }\n`
  const reading = readScenario(text, 'test.yaml', [], purpose)
  if (reading.ok) return []
  return reading.issues.map((issue) => `${issue.line}:${issue.column} ${issue[what]}`)
}

const group = (text: string) => `groups: { clients: { ${text} } }`
const own = (sizes: string) => group(`${sums}, ownTables: { ${sizes} }`)

describe('what was measured, for those who compare with it', () => {
  it('is what capture writes: sums of VmPTE that are more than PageTables, and than memory', () => {
    const linked = 'processes: 1500, vmPte: 800 GB'
    expect(issuesOf(`pageTables: 100 KiB, ${group(linked)}`)).toEqual([])
    expect(issuesOf(`pageTables: 512 GB, elsewhere: { processes: 0, vmPte: 0 B }`)).toEqual([])
    expect(issuesOf(own('least: 8 KiB, most: 8 KiB, mapped: 8 KiB'))).toEqual([])
    expect(issuesOf(group('processes: 0, vmPte: 0 B'))).toEqual([])
  })

  test.each([
    [
      'more page tables than memory',
      'pageTables: 513 GB',
      'page tables are larger than the memory of the host',
    ],
    [
      'more of VmPTE in each process than memory',
      group('processes: 2, vmPte: 1025 GB'),
      'VmPTE of each process is larger than the memory of the host',
    ],
    [
      'VmPTE of no processes',
      group('processes: 0, vmPte: 1 KiB'),
      '0 processes have no page tables',
    ],
    [
      'VmPTE of no processes elsewhere',
      'elsewhere: { processes: 0, vmPte: 200 MiB }',
      '0 processes have no page tables',
    ],
    [
      'tables of private memory of no processes',
      group('processes: 0, vmPte: 0 B, ownTables: { least: 0 B, most: 0 B, mapped: 4 KiB }'),
      '0 processes have no page tables',
    ],
    [
      'more at least than at most',
      own('least: 200 KiB, most: 100 KiB, mapped: 300 KiB'),
      '`least` is more than `most`, 100 KiB',
    ],
    [
      'more than all that is mapped needs',
      own('least: 100 KiB, most: 200 KiB, mapped: 150 KiB'),
      '`most` is more than `mapped`, 150 KiB',
    ],
    [
      'a group that is not there',
      'groups: { client: { processes: 1, vmPte: 4 KiB } }',
      'no group is called `client`',
    ],
  ])('is not %s', (_, measured, message) => {
    const [issue = '', ...others] = issuesOf(measured)
    expect(others).toEqual([])
    expect(issue.replace(/^12:\d+ /, '')).toBe(message)
    expect(issuesOf(measured, 'suggestion').join()).not.toContain('undefined')
  })

  it('stands where it is wrong', () => {
    const wrong = own('least: 200 KiB, most: 100 KiB, mapped: 300 KiB')
    const column = `measured: { ${wrong}`.indexOf('200 KiB') + 1
    expect(issuesOf(wrong)[0]).toMatch(new RegExp(`^12:${column} `))
    expect(issuesOf(wrong, 'suggestion')[0]).toContain(
      'is it `least: 100 KiB` and `most: 200 KiB`?',
    )
  })

  it('is judged once it has its form: what is missing is not taken for 0', () => {
    expect(issuesOf(own('least: 200 KiB, mapped: 300 KiB'))).toEqual([
      expect.stringContaining('`most` is missing'),
    ])
  })

  it('names a group that was renamed or removed once, and says what to do', () => {
    const renamed = `groups: { batch: { ${sums}, ownTables: { least: 0 B, most: 0 B, mapped: 0 B } } }, sources: { groups.batch.private: smaps }`
    expect(issuesOf(renamed, 'suggestion')).toEqual([
      '12:23 if the group was renamed or removed, do the same here',
    ])
    expect(issuesOf(renamed.replaceAll('batch', 'client'), 'suggestion')).toEqual([
      '12:23 did you mean `clients`? if the group was removed, remove it here too',
    ])
  })
})

describe('what was measured, for a plan', () => {
  test.each([
    ['of groups that are not there', 'groups: { batch: { processes: 1, vmPte: 4 KiB } }'],
    ['of a machine with more memory', 'pageTables: 513 GB'],
  ])('may be %s', (_, measured) => {
    expect(issuesOf(measured, 'message', 'plan')).toEqual([])
    expect(issuesOf(measured)).toHaveLength(1)
  })

  it('has its form', () => {
    expect(issuesOf('pageTables: 513', 'message', 'plan')).toHaveLength(1)
  })
})
