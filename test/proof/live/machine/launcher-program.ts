/**
 * A program of a few hundred bytes: what one process of it costs beyond what it is told to map is next to
 * nothing, and always the same. It reads orders from its standard input, four numbers of 64 bits
 * each: address, length, stride, flags. For each it forks; the child maps so much of file 3, or
 * of no file where the flags say so, touches one byte at every stride, writes its pid, and waits; or writes why mmap() failed, and ends. At the end of its input it ends, and its
 * children with it.
 */
export function launcherProgram(): Uint8Array {
  return programOf(text)
}

/** A program of some machine code for x86-64, written in hex, and nothing else. */
export function programOf(hexText: string): Uint8Array {
  const code = Uint8Array.from(hexText.replaceAll(/\s+/g, ' ').trim().split(' '), (hex) =>
    Number.parseInt(hex, 16),
  )
  const head = new DataView(new ArrayBuffer(headBytes))
  const end = BigInt(headBytes + code.length)
  // struct elf64_hdr and struct elf64_phdr: include/uapi/linux/elf.h.
  head.setUint32(0, 0x7f454c46) // ELF
  head.setUint32(4, 0x02010100) // 64 bits, little endian, version 1
  head.setUint16(16, 2, true) // ET_EXEC
  head.setUint16(18, 62, true) // EM_X86_64
  head.setUint32(20, 1, true)
  head.setBigUint64(24, base + BigInt(headBytes), true) // e_entry
  head.setBigUint64(32, 64n, true) // e_phoff
  head.setUint16(52, 64, true) // e_ehsize
  head.setUint16(54, 56, true) // e_phentsize
  head.setUint16(56, 1, true) // e_phnum
  head.setUint32(64, 1, true) // PT_LOAD
  head.setUint32(68, 5, true) // readable, executable
  head.setBigUint64(80, base, true) // p_vaddr
  head.setBigUint64(96, end, true) // p_filesz
  head.setBigUint64(104, end, true) // p_memsz
  head.setBigUint64(112, 4096n, true) // p_align
  const program = new Uint8Array(Number(end))
  program.set(new Uint8Array(head.buffer))
  program.set(code, headBytes)
  return program
}

/** One order, as the program reads it: address, length, stride, flags of mmap(). */
export function launchOrder(...order: readonly [number, number, number, number]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(order, BigInt).buffer)
}

const headBytes = 64 + 56
const base = 0x400000n

/** For x86-64; system calls by arch/x86/entry/syscalls/syscall_64.tbl. */
const text = [
  '48 83 ec 40', //           sub rsp, 64
  // rt_sigaction(SIGCHLD, SIG_IGN): nothing is left of a child that has ended
  'c6 04 24 01', //           mov byte [rsp], 1
  'b8 0d 00 00 00', //        mov eax, 13
  'bf 11 00 00 00', //        mov edi, 17
  '48 89 e6 31 d2', //        mov rsi, rsp; xor edx, edx
  '41 ba 08 00 00 00', //     mov r10d, 8
  '0f 05', //                 syscall
  // next: read(0, rsp, 32); else exit
  '31 c0 31 ff', //           xor eax, eax; xor edi, edi
  '48 89 e6', //              mov rsi, rsp
  'ba 20 00 00 00 0f 05', //  mov edx, 32; syscall
  '48 83 f8 20', //           cmp rax, 32
  '0f 85 a2 00 00 00', //     jne end
  // fork(); the parent goes on with the next order
  'b8 39 00 00 00 0f 05', //  mov eax, 57; syscall
  '85 c0 75 dd', //           test eax, eax; jne next
  // prctl(PR_SET_PDEATHSIG, SIGKILL)
  'b8 9d 00 00 00', //        mov eax, 157
  'bf 01 00 00 00', //        mov edi, 1
  'be 09 00 00 00 0f 05', //  mov esi, 9; syscall
  '4c 8b 24 24', //           mov r12, [rsp]
  '4c 8b 6c 24 08', //        mov r13, [rsp + 8]
  '4c 8b 74 24 10', //        mov r14, [rsp + 16]
  '4d 85 ed 74 35', //        test r13, r13; je done
  // mmap(address, length, PROT_READ | PROT_WRITE, flags, 3, 0)
  'b8 09 00 00 00', //        mov eax, 9
  '4c 89 e7 4c 89 ee', //     mov rdi, r12; mov rsi, r13
  'ba 03 00 00 00', //        mov edx, 3
  '4c 8b 54 24 18', //        mov r10, [rsp + 24]
  '41 b8 03 00 00 00', //     mov r8d, 3
  '45 31 c9 0f 05', //        xor r9d, r9d; syscall
  '4c 39 e0 75 37', //        cmp rax, r12; jne fail
  '4d 01 e5', //              add r13, r12
  // touch:
  '41 c6 04 24 01', //        mov byte [r12], 1
  '4d 01 f4', //              add r12, r14
  '4d 39 ec 72 f3', //        cmp r12, r13; jb touch
  // done: getpid(), write(1, rsp, 4)
  'b8 27 00 00 00 0f 05', //  mov eax, 39; syscall
  '89 04 24', //              mov [rsp], eax
  'b8 01 00 00 00', //        mov eax, 1
  'bf 01 00 00 00', //        mov edi, 1
  '48 89 e6', //              mov rsi, rsp
  'ba 04 00 00 00 0f 05', //  mov edx, 4; syscall
  // wait: pause(), for ever
  'b8 22 00 00 00 0f 05', //  mov eax, 34; syscall
  'eb f7', //                 jmp wait
  // fail: write(1, rsp, 4), a negative error number
  '89 04 24', //              mov [rsp], eax
  'b8 01 00 00 00', //        mov eax, 1
  'bf 01 00 00 00', //        mov edi, 1
  '48 89 e6', //              mov rsi, rsp
  'ba 04 00 00 00 0f 05', //  mov edx, 4; syscall
  // end: exit(1)
  'b8 3c 00 00 00', //        mov eax, 60
  'bf 01 00 00 00 0f 05', //  mov edi, 1; syscall
].join(' ')
