import { describe, expect, it } from 'vitest'
import { programsOfObjects } from '../../../src/capture/estimate/region-program.ts'
import type { SeenProcess } from '../../../src/capture/machine/observation.ts'
import { captureOf, readBack } from '../copied-tree.ts'

const mapping = {
  ...{ start: 0, end: 1, readable: true, writable: true, shared: true, offset: 0 },
  ...{ device: '00:01', inode: '7', name: '/dev/zero' },
}

function processOf(program: string, comm = program, ...objects: readonly string[]): SeenProcess {
  const status = { comm, parent: 1, uid: 0, gid: 0, threads: 1, print: '' }
  const space = {
    ...{ mappings: 1, print: 7, anonymous: 0, privateSwap: 0, copied: 0, frames: 1, end: 1 },
    ...{ counted: true, mapped: objects.map((object) => ({ object, mapping })) },
  }
  return { pid: 1, status, program, space }
}

const programOf = (...processes: readonly (readonly [string, string?])[]) => {
  const seen = processes.map(([program, comm]) => processOf(program, comm ?? program, 'a', 'a'))
  return programsOfObjects(seen).get('a')
}

describe('the program of a region', () => {
  it.each([
    ['postgres', 'postgresql', 'base-pages'],
    ['postmaster', 'postgresql', 'base-pages'],
    ['oracle', 'oracle', 'mixed'],
    ['ora_pmon_prod', 'oracle', 'mixed'],
    ['mysqld', 'mysql', 'base-pages'],
    ['mariadbd', 'mariadb', 'base-pages'],
    ['java', 'java', undefined],
    ['redis-server', 'redis', undefined],
    ['hdbindexserver', 'hana', undefined],
  ])('%s is %s, and falls back to %s', (name, program, fallback) => {
    const found = programOf([name])
    expect([found?.program, found?.fallback]).toEqual([program, fallback])
  })

  it('is not that of a wrapper, nor a guess', () => {
    expect(programOf(['mysqld_safe'])).toBeUndefined()
    expect(programOf(['javac'])).toBeUndefined()
  })

  it('is told by comm where the file is a link to something else', () => {
    expect(programOf(['server', 'postgres'])?.program).toBe('postgresql')
  })

  it('is that of most processes which map it', () => {
    expect(programOf(['postgres'], ['postgres'], ['monitor'])?.program).toBe('postgresql')
    expect(programOf(['postgres'], ['monitor'])).toBeUndefined()
  })

  it('is written, on huge pages with what it does without them, as an assumption', async () => {
    const told = await captureOf('vmpmd-4-14', '--group-by', 'title')
    const { workload, assumptions } = readBack(told)
    expect(workload.regions).toMatchObject([{ program: 'oracle', fallback: 'mixed' }])
    expect(assumptions).toContainEqual(
      expect.objectContaining({ path: 'regions["sysv 32769 key 0x8f2c1a10"].fallback' }),
    )
  })
})
