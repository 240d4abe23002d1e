import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (files: Readonly<Record<string, string>>) =>
  importOracle('init.ora', libraryOf(files), { memory: '512 GB' })
const wrongIn = (text: string) => placesOf(importing({ 'init.ora': text }))

describe('what Oracle would not start with', () => {
  it('is a misspelt name, with the one that was meant, in every file and for every instance', () => {
    expect(wrongIn('sga_target=8G\nproceses=1500\n')).toEqual([
      'init.ora:2:1: Oracle has no parameter `proceses` (did you mean `processes`?)',
    ])
    expect(wrongIn('*.sga_targt=8G\norcl2.sga_targt=8G lok_sga=true\n')).toEqual([
      'init.ora:1:1: Oracle has no parameter `sga_targt` (did you mean `sga_target`?)',
      'init.ora:2:1: Oracle has no parameter `sga_targt` (did you mean `sga_target`?)',
      'init.ora:2:20: Oracle has no parameter `lok_sga` (did you mean `lock_sga`?)',
    ])
    const included = importing({
      'init.ora': 'sga_target=8G\nifle=gone.ora\nifile=b.ora\n',
      'b.ora': 'use_large_page=ONLY\n',
    })
    expect(placesOf(included)).toEqual([
      'init.ora:2:1: Oracle has no parameter `ifle` (did you mean `ifile`?)',
      'b.ora:1:1: Oracle has no parameter `use_large_page` (did you mean `use_large_pages`?)',
    ])
  })

  it('is no parameter that it has, however near to one that is used', () => {
    const real = [
      'session_cached_cursors=50',
      'shared_pool_reserved_size=13M',
      'processor_group_name=oltp',
      'pga_aggregate_limit=8G',
      'sga_min_size=0',
      'max_shared_servers=4',
      'db_16k_cache_size=0',
      'db_flash_cache_size=0',
      'db_writer_processes=4',
      'aq_tm_processes=1',
      'job_queue_processes=40',
      'open_cursors=300',
      'spfile=none',
      '__shared_pool_size=1G',
      '__pga_aggregate_target=1G',
      '_shared_pool_reserved_pct=5',
    ]
    for (const line of real) expect(wrongIn(`sga_target=8G\n${line}\n`), line).toEqual([])
  })

  it('is nothing that is set for a family of instances', () => {
    const imported = importing({
      'init.ora': '*.sga_target=8G\nfamily:dw_helper.sga_target=1G\norcl2.processes=80\n',
    })
    expect(placesOf(imported)).toEqual([])
    const { opening, scenario } = imported.ok
      ? partsOf(imported.annotated)
      : { opening: [], scenario: undefined }
    expect(opening).toContain(
      'Ignored, because they are set for a family of instances only: family:dw_helper.sga_target (init.ora:2).',
    )
    expect(scenario?.name).toBe('Oracle orcl2')
    expect(scenario?.regions?.['sga']?.size).toBe('8 GiB')
  })

  it('is more than one value', () => {
    expect(
      wrongIn('sga_target=8G,9G\n*.processes=(100,\n 200)\nuse_large_pages=only,true\n'),
    ).toEqual([
      'init.ora:1:15: `sga_target` takes one value; `9G` is one too many',
      'init.ora:3:2: `processes` takes one value; `200` is one too many',
      'init.ora:4:22: `use_large_pages` takes one value; `true` is one too many',
    ])
  })

  it('is a size that another one forbids, whole granules reckoned with', () => {
    expect(wrongIn('sga_target=40G\nsga_max_size=30G\n')).toEqual([
      'init.ora:1:12: `sga_target = 40G` is more than `sga_max_size = 30G`',
    ])
    expect(wrongIn('memory_max_target=8G\n memory_target = 9G\nsga_target=10G')).toEqual([
      'init.ora:2:18: `memory_target = 9G` is more than `memory_max_target = 8G`',
      'init.ora:3:12: `sga_target = 10G` is more than `memory_target = 9G`',
    ])
    // 30 GiB less one byte is 30 GiB in granules of 64 MiB.
    expect(wrongIn('sga_target=30G\nsga_max_size=32212254719\n')).toEqual([])
    expect(wrongIn('sga_target=30G\nsga_max_size=0\nmemory_target=0\n')).toEqual([])
    expect(wrongIn('a.sga_target=30G\nb.sga_max_size=1G\n')).toEqual([])
  })

  it('is shown at the value, not at the name', () => {
    expect(wrongIn("*.sga_target = '16GB'\nlock_sga=maybe\nprocesses=\n")).toEqual([
      'init.ora:1:16: `16GB` is not a number for `sga_target` (did you mean `16G`?)',
      'init.ora:3:1: `` is not a number for `processes`',
      'init.ora:2:10: `maybe` is not a value of `lock_sga`',
    ])
  })

  it('is large pages alone for memory that is never on them (ORA-27138)', () => {
    expect(wrongIn('memory_target=20G\nuse_large_pages=ONLY\n')).toEqual([
      'init.ora:2:17: `use_large_pages = ONLY` with `memory_target = 20G`, whose memory is never on large pages',
    ])
    expect(wrongIn('memory_max_target=20G use_large_pages=auto_only\n')).toEqual([
      'init.ora:1:39: `use_large_pages = auto_only` with `memory_max_target = 20G`, whose memory is never on large pages',
    ])
    for (const word of ['TRUE', 'FALSE', 'AUTO']) {
      expect(wrongIn(`memory_target=20G\nuse_large_pages=${word}\n`), word).toEqual([])
    }
    expect(wrongIn('memory_target=0\nsga_target=8G\nuse_large_pages=ONLY\n')).toEqual([])
    expect(wrongIn('+ASM1.memory_target=1G\n+ASM1.use_large_pages=ONLY\n')).toEqual([])
  })
})
