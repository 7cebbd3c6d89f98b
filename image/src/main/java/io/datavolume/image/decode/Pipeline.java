package io.datavolume.image.decode;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs I/O tasks on a few platform threads (a native call would pin a virtual one). The first failure stops
 * everything that follows and is thrown to the driver.
 */
final class Pipeline implements AutoCloseable {

    /** A task that may fail. */
    interface Task {
        void run() throws IOException;
    }

    private final ExecutorService threads;
    private final Object lock = new Object();
    private int running;
    private @Nullable Throwable failure;

    Pipeline(int parallelism, String name) {
        threads = Executors.newFixedThreadPool(parallelism, Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** Starts a task; {@code always} runs after it, also when it is not run because another one failed. */
    void submit(Task task, Runnable always) throws IOException {
        synchronized (lock) {
            running++;
        }
        try {
            threads.execute(() -> {
                try {
                    if (!failed()) {
                        task.run();
                    }
                } catch (Throwable e) {
                    fail(e);
                } finally {
                    always.run();
                    finished();
                }
            });
        } catch (RejectedExecutionException e) {
            always.run();
            finished();
            throw new IOException("the transfer was stopped", e);
        }
        check();
    }

    void fail(Throwable cause) {
        synchronized (lock) {
            if (failure == null) {
                failure = cause;
            }
            lock.notifyAll();
        }
    }

    boolean failed() {
        synchronized (lock) {
            return failure != null;
        }
    }

    /** Throws the first failure, if there was one. */
    void check() throws IOException {
        Throwable cause;
        synchronized (lock) {
            cause = failure;
        }
        switch (cause) {
            case null -> {
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(cause);
        }
    }

    /** Waits until nothing runs, then throws the first failure, if there was one. */
    void awaitIdle() throws IOException {
        synchronized (lock) {
            while (running > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while writing");
                }
            }
        }
        check();
    }

    private void finished() {
        synchronized (lock) {
            running--;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        fail(new IOException("the transfer was stopped"));
        threads.shutdown();
        boolean interrupted = false;
        synchronized (lock) {
            while (running > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.shutdownNow();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
