// What a child process needs of the C library. Addresses and sizes are numbers: all lie below 2^53.
import koffi from 'koffi'

const library = koffi.load(null)

const calls = {
  mmap: library.func(
    'int64_t mmap(uint64_t at, size_t bytes, int prot, int flags, int fd, int64_t offset)',
  ),
  munmap: library.func('int64_t munmap(uint64_t at, size_t bytes)'),
  madvise: library.func('int64_t madvise(uint64_t at, size_t bytes, int advice)'),
  memset: library.func('uint64_t memset(uint64_t at, int value, size_t bytes)'),
  memchr: library.func('uint64_t memchr(uint64_t at, int value, size_t bytes)'),
  memfd_create: library.func('int64_t memfd_create(const char *name, unsigned int flags)'),
  shmget: library.func('int64_t shmget(int key, size_t bytes, int flags)'),
  shmat: library.func('int64_t shmat(int id, uint64_t at, int flags)'),
  shmdt: library.func('int64_t shmdt(uint64_t at)'),
  shmctl: library.func('int64_t shmctl(int id, int command, uint64_t buffer)'),
}

/** include/uapi/asm-generic/mman-common.h, mman.h; the same on x86, arm64 and riscv. */
export const prot = { read: 1, write: 2 }
export const map = {
  shared: 0x01,
  private: 0x02,
  anonymous: 0x20,
  noreserve: 0x4000,
  hugetlb: 0x40000,
  fixedNoReplace: 0x100000,
}
const madvHugepage = 14
/** include/uapi/linux/memfd.h. */
export const memfdHugetlb = 0x4
/** include/uapi/linux/shm.h. */
export const shm = {
  hugetlb: 0o4000,
  noreserve: 0o10000,
  readOnly: 0o10000,
  create: 0o1600,
}
const ipcRmid = 0

/** Log2 of a huge page's size, where mmap(), memfd_create() and shmget() want it. */
export function hugeFlag(pageBytes) {
  return Math.log2(pageBytes) * 2 ** 26
}

/** Maps memory; at a given address or nowhere. @returns the address. */
export function mmap(at, bytes, protection, flags, fd = -1, offset = 0) {
  const found = checked('mmap', at, bytes, protection, flags, fd, offset)
  if (at !== 0 && found !== at) throw new Error(`mmap: asked for ${at}, got ${found}`)
  return found
}

export function munmap(at, bytes) {
  checked('munmap', at, bytes)
}

export function adviseHugePages(at, bytes) {
  checked('madvise', at, bytes, madvHugepage)
}

/** Writes to every byte. */
export function write(at, bytes) {
  calls.memset(at, 1, bytes)
}

/** Reads every byte: looks for one that nobody writes. */
export function read(at, bytes) {
  if (Number(calls.memchr(at, 2, bytes)) !== 0) throw new Error('a byte that nobody wrote')
}

export function memfd(name, flags) {
  return checked('memfd_create', name, flags)
}

export function shmget(bytes, flags) {
  return checked('shmget', 0, bytes, flags + shm.create)
}

export function shmat(id, at, flags) {
  const found = checked('shmat', id, at, flags)
  if (at !== 0 && found !== at) throw new Error(`shmat: asked for ${at}, got ${found}`)
  return found
}

export function shmdt(at) {
  checked('shmdt', at)
}

/** The segment ends with its last attachment; until then Linux lets others attach to it. */
export function forgetSegment(id) {
  checked('shmctl', id, ipcRmid, 0)
}

function checked(name, ...given) {
  const answer = Number(calls[name](...given))
  if (answer === -1) throw new Error(`${name}(${given.join(', ')}): errno ${koffi.errno()}`)
  return answer
}
