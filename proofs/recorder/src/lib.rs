//! Records what a program writes, syncs and says, in the order in which it
//! happens. Preloaded (`LD_PRELOAD`) by the power-cut proof; no part of the
//! product, and the one crate here with unsafe code (docs/adr/0005).
//!
//! It stands in for the C library's functions that change files. Each call is
//! made under one lock over all recorded processes, as a bare system call, and
//! then noted in the file `WARRAQ_RECORD_LOG` if it concerned something below
//! the folder `WARRAQ_RECORD_ROOT`, or was a write to standard output. What
//! another way would change (a mapped file, a copy within the kernel) is not
//! seen here; the proof compares its picture of the files with the real ones
//! at the end, and fails if they differ.
//!
//! A note is `kind: u8, pid: u32, inode: u64, offset: i64, lengths: 2 × u32`,
//! little-endian, then two byte strings of these lengths.
#![expect(
    unsafe_code,
    reason = "to stand in for functions of the C library is to speak its language"
)]

use std::{
    ffi::{CStr, c_char, c_int, c_long, c_uint, c_void},
    sync::atomic::{AtomicBool, AtomicI32, Ordering},
};

use libc::{iovec, mode_t, off64_t, size_t, ssize_t};

const CREATED: u8 = 1;
const TRUNCATED: u8 = 2;
const WRITTEN: u8 = 3;
const SYNCED: u8 = 4;
const FOLDER_MADE: u8 = 5;
const RENAMED: u8 = 6;
const UNLINKED: u8 = 7;
const LINKED: u8 = 8;
const SAID: u8 = 9;
const EXCHANGED: u8 = 10;

const PATH_MAX: usize = 4_096;
/// Not opened yet; not to be opened.
const UNKNOWN: i32 = -1;
const OFF: i32 = -2;

static LOG: AtomicI32 = AtomicI32::new(UNKNOWN);
static BUSY: AtomicBool = AtomicBool::new(false);

/// A path on the stack: nothing here allocates.
struct Path {
    bytes: [u8; PATH_MAX],
    length: usize,
}

impl Path {
    const fn empty() -> Self {
        Self {
            bytes: [0; PATH_MAX],
            length: 0,
        }
    }

    fn push(&mut self, more: &[u8]) {
        let end = (self.length + more.len()).min(PATH_MAX - 1);
        let room = end - self.length;
        self.bytes[self.length..end].copy_from_slice(&more[..room]);
        self.length = end;
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Where an open file lies.
    fn of_file(file: c_int) -> Self {
        let mut link = *b"/proc/self/fd/\0\0\0\0\0\0\0\0\0\0\0\0";
        let (mut digits, mut at, mut rest) = ([0_u8; 10], 10, file.unsigned_abs());
        loop {
            at -= 1;
            digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        link[14..14 + 10 - at].copy_from_slice(&digits[at..]);
        let mut path = Self::empty();
        // SAFETY: the link ends with NUL, and the buffer has this length.
        let read = unsafe {
            libc::syscall(
                libc::SYS_readlinkat,
                libc::AT_FDCWD,
                link.as_ptr(),
                path.bytes.as_mut_ptr(),
                PATH_MAX - 1,
            )
        };
        path.length = usize::try_from(read).unwrap_or(0);
        path
    }

    /// A path as the program gave it, from the root.
    fn given(folder: c_int, path: *const c_char) -> Self {
        // SAFETY: the program hands in a string that ends with NUL.
        let given = unsafe { CStr::from_ptr(path) }.to_bytes();
        if given.first() == Some(&b'/') {
            let mut whole = Self::empty();
            whole.push(given);
            return whole;
        }
        let mut whole = if folder == libc::AT_FDCWD {
            let mut here = Self::empty();
            // SAFETY: the buffer has this length.
            let length =
                unsafe { libc::syscall(libc::SYS_getcwd, here.bytes.as_mut_ptr(), PATH_MAX - 1) };
            // The length counts the NUL.
            here.length = usize::try_from(length - 1).unwrap_or(0);
            here
        } else {
            Self::of_file(folder)
        };
        whole.push(b"/");
        whole.push(given);
        whole
    }

    /// Whether it is below the folder that is recorded.
    fn is_watched(&self) -> bool {
        variable(c"WARRAQ_RECORD_ROOT").is_some_and(|root| {
            let rest = self.bytes().strip_prefix(root.to_bytes());
            rest.is_some_and(|rest| rest.first().is_none_or(|next| *next == b'/'))
        })
    }
}

fn variable(name: &CStr) -> Option<&'static CStr> {
    // SAFETY: the name ends with NUL, and the program does not change its
    // environment while it runs.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        (!value.is_null()).then(|| CStr::from_ptr(value))
    }
}

/// The log, opened on first use.
fn log() -> Option<c_int> {
    let known = LOG.load(Ordering::Acquire);
    if known != UNKNOWN {
        return (known >= 0).then_some(known);
    }
    let opened = variable(c"WARRAQ_RECORD_LOG").map_or(OFF, |path| {
        let flags = libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND | libc::O_CLOEXEC;
        // SAFETY: the path ends with NUL.
        let file = unsafe {
            libc::syscall(
                libc::SYS_openat,
                libc::AT_FDCWD,
                path.as_ptr(),
                flags,
                0o600,
            )
        };
        i32::try_from(file).unwrap_or(OFF)
    });
    LOG.store(opened, Ordering::Release);
    (opened >= 0).then_some(opened)
}

/// One call at a time, over all threads and processes.
struct Turn {
    log: Option<c_int>,
}

impl Turn {
    fn take() -> Self {
        while BUSY.swap(true, Ordering::Acquire) {
            // SAFETY: it only gives way.
            unsafe { libc::syscall(libc::SYS_sched_yield) };
        }
        let log = log();
        if let Some(log) = log {
            // SAFETY: the log is open.
            unsafe { libc::syscall(libc::SYS_flock, log, libc::LOCK_EX) };
        }
        Self { log }
    }

    /// Appends a note; the program's error number stays as it was.
    fn note(&self, kind: u8, inode: u64, offset: i64, first: &[u8], second: &[u8]) {
        let Some(log) = self.log else { return };
        let mut head = [0_u8; 29];
        head[0] = kind;
        head[1..5].copy_from_slice(&std::process::id().to_le_bytes());
        head[5..13].copy_from_slice(&inode.to_le_bytes());
        head[13..21].copy_from_slice(&offset.to_le_bytes());
        for (at, part) in [(21, first), (25, second)] {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            head[at..at + 4].copy_from_slice(&length.to_le_bytes());
        }
        for mut part in [&head, first, second] {
            while !part.is_empty() {
                // SAFETY: the log is open and the part has this length.
                let written =
                    unsafe { libc::syscall(libc::SYS_write, log, part.as_ptr(), part.len()) };
                let Some(written) = usize::try_from(written).ok().filter(|count| *count > 0) else {
                    // A log with a hole would prove nothing.
                    std::process::abort();
                };
                part = &part[written..];
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(log) = self.log {
            // SAFETY: the log is open.
            unsafe { libc::syscall(libc::SYS_flock, log, libc::LOCK_UN) };
        }
        BUSY.store(false, Ordering::Release);
    }
}

/// Makes a call under a turn and notes it, with the call's error kept.
fn in_turn(call: impl FnOnce(&Turn) -> c_long) -> c_long {
    let turn = Turn::take();
    let done = call(&turn);
    // SAFETY: the error number is this thread's own.
    let error = unsafe { *libc::__errno_location() };
    drop(turn);
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = error };
    done
}

fn stat(file: c_int) -> libc::stat64 {
    // SAFETY: all-zero is a value of this structure, and the call fills it.
    unsafe {
        let mut data: libc::stat64 = std::mem::zeroed();
        libc::fstat64(file, &raw mut data);
        data
    }
}

fn exists(folder: c_int, path: *const c_char) -> bool {
    // SAFETY: the program hands in a string that ends with NUL.
    unsafe { libc::syscall(libc::SYS_faccessat, folder, path, libc::F_OK) == 0 }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a system call's answer fits the C type"
)]
fn narrow(done: c_long) -> c_int {
    done as c_int
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "both have 64 bits on the systems that are proved on"
)]
fn wide(done: c_long) -> ssize_t {
    done as ssize_t
}

fn open_at(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // O_LARGEFILE: on the 64-bit systems that are proved on there is no other.
    let call = || {
        // SAFETY: the program's own arguments.
        unsafe { libc::syscall(libc::SYS_openat, folder, path, flags, mode) }
    };
    if flags & (libc::O_CREAT | libc::O_TRUNC) == 0 {
        return narrow(call());
    }
    narrow(in_turn(|turn| {
        let was_there = exists(folder, path);
        let done = call();
        let place = Path::given(folder, path);
        if done >= 0 && place.is_watched() {
            let data = stat(narrow(done));
            if !was_there {
                turn.note(CREATED, data.st_ino, 0, place.bytes(), &[]);
            } else if flags & libc::O_TRUNC != 0 {
                turn.note(TRUNCATED, data.st_ino, 0, place.bytes(), &[]);
            }
        }
        done
    }))
}

// On Linux for x86-64 and ARM64 a variadic argument is passed as any other, so
// `mode` may stand as the third one; it is not looked at without O_CREAT.

#[unsafe(no_mangle)]
extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    open_at(libc::AT_FDCWD, path, flags, mode)
}

#[unsafe(no_mangle)]
extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    open_at(libc::AT_FDCWD, path, flags, mode)
}

#[unsafe(no_mangle)]
extern "C" fn openat(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    open_at(folder, path, flags, mode)
}

#[unsafe(no_mangle)]
extern "C" fn openat64(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    open_at(folder, path, flags, mode)
}

/// Notes bytes that were written at `offset`, or said.
fn note_written(turn: &Turn, file: c_int, offset: i64, bytes: &[u8]) {
    if file == libc::STDOUT_FILENO {
        turn.note(SAID, 0, 0, bytes, &[]);
        return;
    }
    let place = Path::of_file(file);
    if place.is_watched() {
        let data = stat(file);
        if data.st_mode & libc::S_IFMT == libc::S_IFREG {
            turn.note(WRITTEN, data.st_ino, offset, place.bytes(), bytes);
        }
    }
}

/// The bytes of a buffer that a call has just written.
///
/// # Safety
/// `buffer` must hold at least `done` bytes.
unsafe fn written<'a>(buffer: *const c_void, done: c_long) -> &'a [u8] {
    let length = usize::try_from(done).unwrap_or(0);
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(buffer.cast(), length) }
}

/// Where a plain write will land.
fn next_offset(file: c_int) -> i64 {
    // SAFETY: these calls only ask.
    unsafe {
        if libc::syscall(libc::SYS_fcntl, file, libc::F_GETFL) & c_long::from(libc::O_APPEND) != 0 {
            return stat(file).st_size;
        }
        libc::syscall(libc::SYS_lseek, file, 0, libc::SEEK_CUR)
    }
}

#[unsafe(no_mangle)]
extern "C" fn write(file: c_int, buffer: *const c_void, count: size_t) -> ssize_t {
    wide(in_turn(|turn| {
        let offset = next_offset(file);
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_write, file, buffer, count) };
        if done > 0 {
            // SAFETY: so many bytes were taken from the buffer.
            note_written(turn, file, offset, unsafe { written(buffer, done) });
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn writev(file: c_int, parts: *const iovec, count: c_int) -> ssize_t {
    wide(in_turn(|turn| {
        let mut offset = next_offset(file);
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_writev, file, parts, count) };
        let mut rest = done;
        for at in 0..usize::try_from(count).unwrap_or(0) {
            if rest <= 0 {
                break;
            }
            // SAFETY: the program hands in so many parts.
            let part = unsafe { &*parts.add(at) };
            let taken = rest.min(part.iov_len as c_long);
            // SAFETY: so many bytes were taken from this part.
            note_written(turn, file, offset, unsafe { written(part.iov_base, taken) });
            offset += taken;
            rest -= taken;
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn pwrite64(file: c_int, buffer: *const c_void, count: size_t, at: off64_t) -> ssize_t {
    wide(in_turn(|turn| {
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_pwrite64, file, buffer, count, at) };
        if done > 0 {
            // SAFETY: so many bytes were taken from the buffer.
            note_written(turn, file, at, unsafe { written(buffer, done) });
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn pwrite(file: c_int, buffer: *const c_void, count: size_t, at: off64_t) -> ssize_t {
    pwrite64(file, buffer, count, at)
}

#[unsafe(no_mangle)]
extern "C" fn ftruncate64(file: c_int, length: off64_t) -> c_int {
    narrow(in_turn(|turn| {
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_ftruncate, file, length) };
        let place = Path::of_file(file);
        if done == 0 && place.is_watched() {
            turn.note(TRUNCATED, stat(file).st_ino, length, place.bytes(), &[]);
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn ftruncate(file: c_int, length: off64_t) -> c_int {
    ftruncate64(file, length)
}

fn sync(file: c_int, number: c_long) -> c_int {
    narrow(in_turn(|turn| {
        // SAFETY: the program's own argument.
        let done = unsafe { libc::syscall(number, file) };
        let place = Path::of_file(file);
        if done == 0 && place.is_watched() {
            let data = stat(file);
            // A folder is known by its path: a removed file may have had its number.
            let is_folder = data.st_mode & libc::S_IFMT == libc::S_IFDIR;
            let inode = if is_folder { 0 } else { data.st_ino };
            turn.note(SYNCED, inode, 0, place.bytes(), &[]);
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn fsync(file: c_int) -> c_int {
    sync(file, libc::SYS_fsync)
}

#[unsafe(no_mangle)]
extern "C" fn fdatasync(file: c_int) -> c_int {
    sync(file, libc::SYS_fdatasync)
}

#[unsafe(no_mangle)]
extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    narrow(in_turn(|turn| {
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path, mode) };
        let place = Path::given(libc::AT_FDCWD, path);
        if done == 0 && place.is_watched() {
            turn.note(FOLDER_MADE, 0, 0, place.bytes(), &[]);
        }
        done
    }))
}

/// A call on two paths.
fn on_two(
    kind: u8,
    folders: [c_int; 2],
    paths: [*const c_char; 2],
    call: impl FnOnce() -> c_long,
) -> c_int {
    narrow(in_turn(|turn| {
        let places = [
            Path::given(folders[0], paths[0]),
            Path::given(folders[1], paths[1]),
        ];
        let done = call();
        if done == 0 && (places[0].is_watched() || places[1].is_watched()) {
            turn.note(kind, 0, 0, places[0].bytes(), places[1].bytes());
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn renameat2(
    from_folder: c_int,
    from: *const c_char,
    to_folder: c_int,
    to: *const c_char,
    flags: c_uint,
) -> c_int {
    let kind = if flags & libc::RENAME_EXCHANGE == 0 {
        RENAMED
    } else {
        EXCHANGED
    };
    on_two(kind, [from_folder, to_folder], [from, to], || {
        // SAFETY: the program's own arguments.
        unsafe { libc::syscall(libc::SYS_renameat2, from_folder, from, to_folder, to, flags) }
    })
}

#[unsafe(no_mangle)]
extern "C" fn renameat(
    from_folder: c_int,
    from: *const c_char,
    to_folder: c_int,
    to: *const c_char,
) -> c_int {
    renameat2(from_folder, from, to_folder, to, 0)
}

#[unsafe(no_mangle)]
extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    renameat2(libc::AT_FDCWD, from, libc::AT_FDCWD, to, 0)
}

#[unsafe(no_mangle)]
extern "C" fn linkat(
    from_folder: c_int,
    from: *const c_char,
    to_folder: c_int,
    to: *const c_char,
    flags: c_int,
) -> c_int {
    on_two(LINKED, [from_folder, to_folder], [from, to], || {
        // SAFETY: the program's own arguments.
        unsafe { libc::syscall(libc::SYS_linkat, from_folder, from, to_folder, to, flags) }
    })
}

#[unsafe(no_mangle)]
extern "C" fn link(from: *const c_char, to: *const c_char) -> c_int {
    linkat(libc::AT_FDCWD, from, libc::AT_FDCWD, to, 0)
}

#[unsafe(no_mangle)]
extern "C" fn unlinkat(folder: c_int, path: *const c_char, flags: c_int) -> c_int {
    narrow(in_turn(|turn| {
        let place = Path::given(folder, path);
        // SAFETY: the program's own arguments.
        let done = unsafe { libc::syscall(libc::SYS_unlinkat, folder, path, flags) };
        if done == 0 && place.is_watched() {
            turn.note(UNLINKED, 0, 0, place.bytes(), &[]);
        }
        done
    }))
}

#[unsafe(no_mangle)]
extern "C" fn unlink(path: *const c_char) -> c_int {
    unlinkat(libc::AT_FDCWD, path, 0)
}

#[unsafe(no_mangle)]
extern "C" fn rmdir(path: *const c_char) -> c_int {
    unlinkat(libc::AT_FDCWD, path, libc::AT_REMOVEDIR)
}
