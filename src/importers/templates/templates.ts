import type { Template, TemplateName } from './template.ts'

const itsSettings = 'the advice prints its settings'
const anyProgram = 'or java, redis, hana, …: the advice prints its settings'
const ownMemory = 'RssAnon in /proc/PID/status'

/** Backing and sharing are those of the shipped scenario of the same program. */
export const templates: Readonly<Record<TemplateName, Template>> = {
  oracle: {
    opening: 'Oracle: one SGA, and a dedicated server process for each session.',
    title: (shared, clients) => `Oracle, SGA of ${shared}, ${clients} processes`,
    region: {
      name: 'sga',
      values: { backing: 'posix-shm', program: 'oracle' },
      notes: {
        size: 'sga_max_size',
        backing: 'or sysv-shm, if ipcs -m lists the SGA',
        program: itsSettings,
      },
    },
    group: {
      name: 'clients',
      isThreaded: false,
      notes: {
        processes: 'dedicated server processes at the peak',
        private: 'PGA of one idle process',
      },
    },
    offers: {},
    example: {
      memory: '512 GB',
      share: { of: [3, 5], text: 'three fifths of memory' },
      clients: 1500,
      privateMegabytes: 6,
    },
  },
  postgresql: {
    opening: 'PostgreSQL: shared buffers, and a backend process for each connection.',
    title: (shared, clients) => `PostgreSQL, shared memory of ${shared}, ${clients} backends`,
    region: {
      name: 'shared_buffers',
      values: { backing: 'anonymous-shared', program: 'postgresql' },
      notes: {
        size: 'SHOW shared_memory_size',
        backing: 'shared_memory_type = mmap, its default',
        program: itsSettings,
      },
    },
    group: {
      name: 'backends',
      isThreaded: false,
      notes: {
        processes: 'max_connections: one backend each',
        private: 'catalog caches and work_mem of one backend',
      },
    },
    offers: {
      region: ['pageSize: 2 MiB # huge_pages = on; needs host.hugepages'],
    },
    // "A reasonable starting value for shared_buffers is 25% of the memory": its manual, 19.4.1.
    example: {
      memory: '64 GB',
      share: { of: [1, 4], text: 'a quarter of memory' },
      clients: 400,
      privateMegabytes: 8,
    },
  },
  mysql: {
    opening: 'MySQL: one process, a thread for each connection, a private buffer pool.',
    title: (shared, clients) => `MySQL, buffer pool of ${shared}, ${clients} threads`,
    region: {
      name: 'buffer_pool',
      values: { backing: 'anonymous', program: 'mysql' },
      notes: {
        size: 'innodb_buffer_pool_size',
        backing: 'private memory of mysqld; its threads share it',
        program: 'or mariadb: the advice prints its settings',
      },
    },
    group: {
      name: 'mysqld',
      isThreaded: true,
      notes: {
        processes: 'one mysqld',
        threads: 'max_connections: one thread each',
        private: 'connection buffers, sorts',
      },
    },
    offers: { region: ['pageSize: 2 MiB # large_pages = ON; needs host.hugepages'] },
    // innodb_buffer_pool_size "50 to 75 percent of system memory": its manual, 10.12.3.1.
    example: {
      memory: '128 GB',
      share: { of: [3, 4], text: 'three quarters of memory' },
      clients: 500,
      privateMegabytes: 8,
    },
  },
  pmem: {
    opening: 'Files on persistent memory (DAX), which every process maps.',
    title: (shared, clients) => `${shared} of persistent memory, ${clients} processes`,
    region: {
      name: 'datafiles',
      values: { backing: 'dax', pageSize: '2 MiB', program: 'other' },
      notes: {
        size: 'all files together',
        backing: 'mounted with -o dax; not a part of host.memory',
        pageSize: 'if files are aligned to it; otherwise remove the line',
        program: anyProgram,
      },
    },
    group: {
      name: 'servers',
      isThreaded: false,
      notes: { processes: 'each maps all files', private: ownMemory },
    },
    offers: { region: ['objects: 4 # number of files: each is a mapping of its own'] },
    example: {
      memory: '1.5 TB',
      share: { of: [4, 1], text: 'four times the memory' },
      clients: 10_000,
      privateMegabytes: 16,
    },
  },
  threads: {
    opening: 'One process with many threads, which share its heap and its page tables.',
    title: (shared, clients) => `One process, ${shared} of heap, ${clients} threads`,
    region: {
      name: 'heap',
      values: { backing: 'anonymous', program: 'other' },
      notes: {
        size: 'heap that the threads work on',
        backing: 'private memory of the process; its threads share it',
        program: anyProgram,
      },
    },
    group: {
      name: 'server',
      isThreaded: true,
      notes: {
        processes: 'one process',
        threads: 'all of them share one set of page tables',
        private: 'stacks and other memory',
      },
    },
    offers: { region: ['pageSize: 2 MiB # on huge pages; needs host.hugepages'] },
    example: {
      memory: '128 GB',
      share: { of: [1, 2], text: 'half of memory' },
      clients: 1000,
      privateMegabytes: 1,
    },
  },
  blank: {
    opening: 'Shared memory, and the processes that map it.',
    title: (shared, clients) => `${shared} of shared memory, ${clients} processes`,
    region: {
      name: 'shared',
      values: { backing: 'posix-shm', program: 'other' },
      notes: {
        size: 'memory that the processes share',
        backing: 'or sysv-shm, memfd, anonymous-shared, file, dax',
        program: anyProgram,
      },
    },
    group: {
      name: 'clients',
      isThreaded: false,
      notes: { processes: 'processes at the peak', private: ownMemory },
    },
    offers: {},
    example: {
      memory: '64 GB',
      share: { of: [1, 2], text: 'half of memory' },
      clients: 100,
      privateMegabytes: 8,
    },
  },
}
