import { describe, expect, test } from 'vitest'
import type { Advice, Setting } from '../../../src/plan/result/advice-result.ts'
import type { NothingToDo } from '../../../src/plan/result/rejected-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { firstSteps } from '../../../src/render/screen/first-steps.ts'
import { gib, mib, nth, planned } from '../../build.ts'
import { resultOfText } from '../../plan/advice/applied.ts'
import { lkml, renamed } from '../lkml-result.ts'
import { flat, plain, pooled, server } from './servers.ts'

const first = nth(lkml.advice, 0)
const withSettings = (settings: readonly Setting[], more: Partial<Advice> = {}): Result => ({
  ...lkml,
  advice: [{ ...first, ...more, settings } as Advice],
})

describe('what to do first', () => {
  test('is at most three entries, lines for the first alone', () => {
    expect(firstSteps(lkml, plain)).toEqual([
      'WHAT TO DO',
      '1. Put sga on huge pages of 2 MiB: safe. Restart Oracle.',
      '   /etc/sysctl.d/99-hugepages.conf',
      '     vm.nr_hugepages = 153600',
      '   init.ora or spfile',
      '     use_large_pages = only',
      '     memory_target = 0',
      '   Pages of 1 GiB: --show advice',
      '2. Or pool connections: 270 of 1,500 clients are safe.',
      '3. Or add memory: 1.3 TiB is safe.',
    ])
  })

  test('counts entries that it does not show', () => {
    const more = { ...lkml, advice: [...lkml.advice, ...lkml.advice] }
    const lines = firstSteps(more, plain)
    expect(lines.at(-1)).toBe('3 more: --show advice')
    expect(lines.filter((line) => /^\d\. /.test(line))).toHaveLength(3)
  })

  test('has at most five lines to paste, what matters most; the rest is counted', () => {
    const kinds = [
      'memlock',
      'ask',
      'database',
      'check',
      'pool',
      'pool-now',
      'pool-at-boot',
    ] as const
    const settings = kinds.map((kind) => ({ kind, place: `/etc/${kind}`, lines: [`a ${kind}`] }))
    const lines = firstSteps(withSettings([...settings, ...settings]), plain)
    const pasted = lines.filter((line) => line.startsWith('     '))
    expect(pasted.map((line) => line.trim())).toEqual([
      'a memlock',
      'a pool',
      'a pool-at-boot',
      'a pool',
      'a pool-at-boot',
    ])
    expect(lines).toContain('   9 more lines, and pages of 1 GiB: --show advice')
    const narrow = firstSteps(withSettings([...settings, ...settings]), plain, 1)
    expect(narrow.filter((line) => line.startsWith('     '))).toEqual(['     a pool'])
  })

  test('counts one line that is left', () => {
    const settings = [{ kind: 'check', place: 'root shell', lines: ['grep Huge'] }] as const
    const result = withSettings(settings, { largerPages: [] } as Partial<Advice>)
    expect(firstSteps(result, plain)).toContain('   1 more line: --show advice')
  })

  test('names each place once, on a line of its own above its lines', () => {
    const place = '/etc/security/limits.d/99-hugepages.conf'
    const lines = ['* soft memlock 1', '* hard memlock 1']
    const settings = lines.map((line) => ({ kind: 'memlock', place, lines: [line] }) as const)
    expect(firstSteps(withSettings(settings), plain).slice(2, 5)).toEqual([
      `   ${place}`,
      ...lines.map((line) => `     ${line}`),
    ])
  })

  test('never breaks a line to paste, and puts nothing behind it', () => {
    const long = `vm.nr_hugepages = ${'1'.repeat(200)}`
    const settings = [{ kind: 'pool', place: 'root shell', lines: [long] }] as const
    expect(firstSteps(withSettings(settings), plain)).toContain(`     ${long}`)
  })

  test('names the pod whose limits change', () => {
    const settings = [
      { kind: 'kubernetes', place: 'container', cgroup: 'db\u001b', lines: ['hugepages-2Mi: 8Gi'] },
    ] as const
    expect(firstSteps(withSettings(settings), plain)).toContain(
      '   Kubernetes, cgroup db\\x1b: container',
    )
  })

  test('begins with what stops the start; what follows comes after it', () => {
    const text = flat(firstSteps(planned(pooled(8000)), plain))
    expect(text).toMatch(
      /^WHAT TO DO 1\. Raise the pool to 8,192 huge pages of 2 MiB, then start: safe\. \/etc\/sysctl\.d\/99-hugepages\.conf vm\.nr_hugepages = 8192/,
    )
    const never = server(200, { host: { overcommit: { mode: 'never', ratio: 20 } } })
    expect(flat(firstSteps(planned(never), plain))).toMatch(
      / 1\. Raise vm\.overcommit_ratio to \d+, then start: safe\. .+ 2\. Then put data on /,
    )
  })

  test('of what is safe is only worth doing', () => {
    // 808 of 2 MiB: 1.58 GiB, 2.5 % of memory.
    const text = flat(firstSteps(planned(pooled(9000)), plain))
    expect(text).toMatch(
      /^WORTH DOING \(it is safe as it is\) 1\. Lower the pool to 8,192 huge pages of 2 MiB: adds 1\.6 GiB of headroom, 2\.5 % of memory\. /,
    )
  })

  test('names four regions or cgroups at most in a sentence, and groups in quotes', () => {
    const tenants = ['a', 'b', 'c', 'd', 'e']
    const result = planned({
      host: {
        memory: 640 * gib,
        cgroups: Object.fromEntries(tenants.map((name) => [`tenant ${name}`, 20 * gib])),
      },
      regions: Object.fromEntries(
        tenants.map((name) => [name, { size: 16 * gib, backing: 'posix-shm' as const }]),
      ),
      groups: Object.fromEntries(
        tenants.map((name) => [
          name,
          { processes: 200, cgroup: `tenant ${name}`, maps: [{ region: name }] },
        ]),
      ),
    })
    const text = flat(firstSteps(result, plain))
    expect(text).toContain('1. Put a, b, c and 2 more on huge pages of 2 MiB: safe.')
    // 16 and 6.26 GiB are nine tenths of 24.74 GiB.
    expect(text).toContain(
      'Or raise the limits of cgroups "tenant a" to 24.8 GiB, "tenant b" to 24.8 GiB, "tenant c" to 24.8 GiB and 2 more: safe.',
    )
  })

  test('restarts the program whose memory is put on transparent huge pages', () => {
    const parts = server(200, { region: { backing: 'posix-shm', program: 'mysql' } })
    const text = flat(firstSteps(planned(parts), plain))
    expect(text).toMatch(/put data on transparent huge pages: .+ Restart MySQL\./i)
  })

  test('is judged without mshare where that is in use', () => {
    const text = (size: string): string => `
version: 1
host: { memory: 64 GB }
regions: { data: { size: ${size}, backing: posix-shm, mshare: {} } }
groups: { sessions: { processes: 1000, private: 8 MB, maps: [{ region: data }] } }`
    const safe = firstSteps(resultOfText(text('8 GB')), plain)
    expect(safe[0]).toBe('WORTH DOING without mshare (it is safe as it is)')
    const short = firstSteps(resultOfText(text('60 GB')), plain)
    expect(short[0]).toBe('WHAT TO DO without mshare')
    expect(short.slice(1).join(' ')).not.toContain('mshare')
  })

  test('never is threads or mshare', () => {
    for (const sessions of [200, 2000]) {
      const lines = firstSteps(planned(server(sessions)), plain)
      expect(lines.length).toBeGreaterThan(3)
      expect(lines.join(' ')).not.toMatch(/threads|mshare/)
    }
  })

  test('where there is nothing to do is one sentence with the reason', () => {
    const small = planned(server(2, { region: { size: 64 * mib } }))
    // 2 * (32 + 1 + 1 + 1) tables of 4 KiB.
    expect(flat(firstSteps(small, plain))).toBe(
      'Nothing to do: page tables take 280.0 KiB, <0.01 % of memory, and no change would add 1 % of memory.',
    )
    const none = planned({ groups: { sessions: { processes: 3, private: gib } } })
    expect(flat(firstSteps(none, plain))).toBe(
      'Nothing to do: there are no regions, so no sharing can be judged. Capture as root to see them.',
    )
  })

  test('has a reason of its own for each case', () => {
    const why = (reason: NothingToDo['reason']): string => {
      const nothingToDo = { reason, pageTableBytes: 247 * mib, fraction: 0.0005 }
      return flat(firstSteps({ ...lkml, advice: [], nothingToDo }, plain))
    }
    const tables = 'page tables take 247.0 MiB, 0.05 % of memory'
    expect(why('too-little')).toBe(
      `Nothing to do: ${tables}, and no change would add 1 % of memory.`,
    )
    expect(why('untouched-pages')).toBe(
      `Nothing to do: ${tables}. Huge pages would set aside memory that nothing touches, more than they save.`,
    )
    expect(why('only-proposed')).toBe(
      `Nothing to do: ${tables}. No setting helps here, only mshare would (proposed: in no released kernel).`,
    )
    expect(why('no-processes')).toContain('no process is known')
    expect(why('no-regions')).toContain('Capture as root to see them.')
    expect(why('nothing-shared')).toBe(
      `Nothing to do: ${tables}, and the captured processes share no memory that needs many.`,
    )
    expect(why('nothing-helps')).toBe(`No change that is known here helps: ${tables}.`)
  })

  test('is not said where no advice was asked for', () => {
    const { nothingToDo: _none, ...rest } = { nothingToDo: undefined, ...lkml }
    expect(firstSteps({ ...rest, advice: [] }, plain)).toEqual([])
  })

  test('shows names from outside escaped', () => {
    const text = firstSteps(renamed('db\u001b[31m'), plain).join('\n')
    expect(text).toContain('db\\x1b[31m')
    expect(text).not.toContain('\u001b')
  })
})
