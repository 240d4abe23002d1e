// A process under test: maps and touches what it is told to, and reads its own VmPTE.
// It stays alive from case to case: the span of every case is one that its own program never uses.
import { closeSync, ftruncateSync, openSync, readFileSync, readSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  adviseHugePages,
  forgetSegment,
  hugeFlag,
  map,
  memfd,
  memfdHugetlb,
  mmap,
  munmap,
  prot,
  read,
  shm,
  shmat,
  shmdt,
  shmget,
  write,
} from './libc.mjs'

const status = openSync('/proc/self/status', 'r')
const text = Buffer.alloc(8192)
/** Undo what was made or mapped, last first. */
const undone = []

const jobs = { make, drop: undo, map: mapAll, unmap, peek }

process.on('message', (order) => {
  try {
    process.send(jobs[order.kind](order))
  } catch (error) {
    process.send({ error: `${order.kind}: ${error.message}` })
  }
})
process.send({})

/** In KB; hardly allocates, for the heap of this program must not grow meanwhile. */
function vmPte() {
  const length = readSync(status, text, 0, text.length, 0)
  const at = text.indexOf('VmPTE:')
  if (at < 0 || at > length) throw new Error('no VmPTE in /proc/self/status')
  return Number.parseInt(text.latin1Slice(at + 6, at + 32), 10)
}

function mapAll({ maps }) {
  checkTerritory(maps)
  const before = vmPte()
  for (const order of maps) mapOne(order)
  for (const order of maps) touch(order)
  return { before, after: vmPte() }
}

function unmap() {
  undo()
  return { after: vmPte() }
}

/** Bit 63 of an entry of pagemap: Documentation/admin-guide/mm/pagemap.rst. */
function peek({ addresses }) {
  const pagemap = openSync('/proc/self/pagemap', 'r')
  const entry = Buffer.alloc(8)
  const present = addresses.map((address) => {
    readSync(pagemap, entry, 0, 8, (address / 4096) * 8)
    return entry.readUInt8(7) >= 128
  })
  closeSync(pagemap)
  return { present }
}

function undo() {
  while (undone.length > 0) undone.pop()()
  return {}
}

/** Nothing of this program may lie where tables could be shared with what the case maps. */
function checkTerritory(maps) {
  const span = 2 ** 39
  const spans = new Set(maps.flatMap(({ at, length }) => spansOf(at, at + length, span)))
  for (const line of readFileSync('/proc/self/maps', 'latin1').split('\n')) {
    const [from, to] = line
      .split(' ', 1)[0]
      .split('-')
      .map((hex) => Number.parseInt(hex, 16))
    if (to === undefined || from > 2 ** 47) continue
    if (spansOf(from, to, span).some((one) => spans.has(one))) {
      throw new Error(`the program itself lies in a span of the case: ${line}`)
    }
  }
}

function spansOf(from, to, span) {
  const first = Math.floor(from / span)
  return Array.from({ length: Math.floor((to - 1) / span) - first + 1 }, (_, i) => first + i)
}

function mapOne(order) {
  const { at, length, handle, writes, thp } = order
  if (handle.segment === undefined) {
    mapFile(order)
    undone.push(() => munmap(at, length))
  } else {
    shmat(handle.segment, at, writes ? 0 : shm.readOnly)
    undone.push(() => shmdt(at))
  }
  if (thp) adviseHugePages(at, length)
}

function mapFile({ at, length, offset, handle, shared, writes, pageBytes, huge }) {
  const flags = (shared ? map.shared : map.private) + map.noreserve + map.fixedNoReplace
  const protection = prot.read + (writes ? prot.write : 0)
  if (handle.path === undefined) {
    mmap(at, length, protection, flags + anonymousFlags(huge, pageBytes))
    return
  }
  const fd = openSync(handle.path, 'r+')
  try {
    mmap(at, length, protection, flags, fd, offset)
  } finally {
    closeSync(fd)
  }
}

function anonymousFlags(huge, pageBytes) {
  return map.anonymous + (huge ? map.hugetlb + hugeFlag(pageBytes) : 0)
}

function touch({ at, touched, writes }) {
  for (const [from, length] of touched) {
    if (writes) write(at + from, length)
    else read(at + from, length)
  }
}

function make({ objects }) {
  return { handles: objects.map(makeOne) }
}

function makeOne(object) {
  const handle = makers[object.backing](object)
  if (object.filled.length > 0) fill(object, handle)
  return handle
}

const makers = {
  anonymous: () => ({}),
  memfd: memfdOf,
  hugetlbfs: memfdOf,
  'posix-shm': ({ size }) => unlinked('/dev/shm', size),
  file: ({ size }) => unlinked(tmpdir(), size),
  'sysv-shm': segmentOf,
  'anonymous-shared': anonymousOf,
}

function memfdOf({ size, pageBytes, huge }) {
  const fd = memfd('oracle', huge ? memfdHugetlb + hugeFlag(pageBytes) : 0)
  return held(fd, size)
}

/** A file that has lost its name at once: nothing stays behind, whatever happens. */
function unlinked(folder, size) {
  const path = join(folder, `mshare-plan-oracle-${process.pid}-${undone.length}`)
  const fd = openSync(path, 'wx+')
  unlinkSync(path)
  return held(fd, size)
}

function held(fd, size) {
  undone.push(() => closeSync(fd))
  ftruncateSync(fd, size)
  return { path: `/proc/${process.pid}/fd/${fd}` }
}

function segmentOf({ size, pageBytes, huge }) {
  const segment = shmget(size, shm.noreserve + (huge ? shm.hugetlb + hugeFlag(pageBytes) : 0))
  try {
    const at = shmat(segment, 0, 0)
    undone.push(() => shmdt(at))
  } finally {
    forgetSegment(segment)
  }
  return { segment }
}

/**
 * Other processes would inherit it by fork(); here they open it where this one has it mapped. Only
 * root may: for others a memfd stands in, which is the same shared memory with a name.
 */
function anonymousOf(object) {
  if (process.getuid() !== 0) return memfdOf(object)
  const { size, pageBytes, huge } = object
  const flags = map.shared + map.noreserve + anonymousFlags(huge, pageBytes)
  const at = mmap(0, size, prot.read + prot.write, flags)
  undone.push(() => munmap(at, size))
  return { path: `/proc/${process.pid}/map_files/${at.toString(16)}-${(at + size).toString(16)}` }
}

/** Touches the object through a mapping of which every huge page is whole and in phase. */
function fill({ size, pageBytes, filled }, handle) {
  const unit = 2 ** 21
  const length = Math.ceil(size / unit) * unit
  const at = 2 ** 46 + 2 ** 45
  mapOne({
    at,
    length: handle.segment === undefined ? length : size,
    offset: 0,
    handle,
    shared: true,
    writes: true,
    pageBytes,
    huge: false,
    thp: true,
  })
  for (const start of filled) write(at + start, 1)
  undone.pop()()
}
