import { programOf } from '../machine/launcher-program.ts'

/** Orders that are no system calls: write, or read, a byte at every stride from an address up to another. */
export const [writeOrder, readOrder] = [1000, 1001] as const

/**
 * A program that makes the system calls it is told to: what one process of it costs beyond is next to
 * nothing, and always the same. An order is eight numbers of 64 bits on its standard input: the call and
 * six arguments; the answer on its standard output is one, what the call returned. After fork() the
 * child takes the orders and answers with its pid; when it has ended, the parent answers with that
 * pid, and takes them again.
 */
export function callerProgram(): Uint8Array {
  return programOf(text)
}

/** For x86-64; system calls by arch/x86/entry/syscalls/syscall_64.tbl. */
const text = [
  '48 83 ec 40', //                sub rsp, 64
  // next: read(0, rsp, 64); else exit
  '31 c0 31 ff 48 89 e6', //       xor eax, eax; xor edi, edi; mov rsi, rsp
  'ba 40 00 00 00 0f 05', //       mov edx, 64; syscall
  '48 83 f8 40', //                cmp rax, 64
  '0f 85 94 00 00 00', //          jne end
  '48 8b 04 24', //                mov rax, [rsp]
  '48 8b 7c 24 08', //             mov rdi, [rsp + 8]
  '48 8b 74 24 10', //             mov rsi, [rsp + 16]
  '48 8b 54 24 18', //             mov rdx, [rsp + 24]
  '4c 8b 54 24 20', //             mov r10, [rsp + 32]
  '4c 8b 44 24 28', //             mov r8, [rsp + 40]
  '4c 8b 4c 24 30', //             mov r9, [rsp + 48]
  '3d e8 03 00 00 74 30', //       cmp eax, 1000; je write
  '3d e9 03 00 00 74 36', //       cmp eax, 1001; je read
  '0f 05', //                      syscall
  '83 3c 24 39 75 3c', //          cmp dword [rsp], 57; jne answer
  '48 85 c0 74 13', //             test rax, rax; je child
  // the parent: wait4(pid, 0, 0, 0)
  '48 89 c7 31 f6 31 d2', //       mov rdi, rax; xor esi, esi; xor edx, edx
  '45 31 d2', //                   xor r10d, r10d
  'b8 3d 00 00 00 0f 05 eb 24', // mov eax, 61; syscall; jmp answer
  // child: getpid()
  'b8 27 00 00 00 0f 05 eb 1b', // mov eax, 39; syscall; jmp answer
  // write:
  '48 39 f7 73 14', //             cmp rdi, rsi; jae done
  'c6 07 01 48 01 d7 eb f3', //    mov byte [rdi], 1; add rdi, rdx; jmp write
  // read:
  '48 39 f7 73 07', //             cmp rdi, rsi; jae done
  '8a 07 48 01 d7 eb f4', //       mov al, [rdi]; add rdi, rdx; jmp read
  // done:
  '31 c0', //                      xor eax, eax
  // answer: write(1, rsp + 56, 8)
  '48 89 44 24 38', //             mov [rsp + 56], rax
  'b8 01 00 00 00', //             mov eax, 1
  'bf 01 00 00 00', //             mov edi, 1
  '48 8d 74 24 38', //             lea rsi, [rsp + 56]
  'ba 08 00 00 00 0f 05', //       mov edx, 8; syscall
  'e9 54 ff ff ff', //             jmp next
  // end: exit(0)
  'b8 3c 00 00 00 31 ff 0f 05', // mov eax, 60; xor edi, edi; syscall
].join(' ')
