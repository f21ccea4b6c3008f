package io.trellisdb.common.vfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Files of the machine under one directory.
 *
 * <p>{@link FileChannel} closes itself when a thread is interrupted inside: see the package documentation. File systems
 * without POSIX attributes cannot force a directory; there its names are as durable as the system makes them.
 */
public final class DiskVfs implements Vfs {
    private final Path root;
    private final boolean canForceDirectories;

    private DiskVfs(Path root) {
        this.root = root;
        this.canForceDirectories =
                root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens a directory, creating it and those above it where missing. */
    public static DiskVfs open(Path root) {
        DiskVfs vfs = new DiskVfs(root.toAbsolutePath().normalize());
        try {
            vfs.createDurably(vfs.root);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot create directory", root, e);
        }
        return vfs;
    }

    public Path root() {
        return root;
    }

    private Path path(String name) {
        return root.resolve(VfsNames.checkFile(name));
    }

    private Path directory(String name) {
        return VfsNames.checkDirectory(name).isEmpty() ? root : root.resolve(name);
    }

    @Override
    public VfsFile create(String name) {
        return openFile(
                name,
                "cannot create file",
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public VfsFile open(String name) {
        return openFile(name, "cannot open file", StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public VfsFile openReadOnly(String name) {
        return openFile(name, "cannot open file", StandardOpenOption.READ);
    }

    private VfsFile openFile(String name, String sentence, OpenOption... options) {
        Path path = path(name);
        try {
            return new DiskFile(name, path, FileChannel.open(path, options));
        } catch (IOException e) {
            throw DiskErrors.translate(sentence, path, e);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(path(name));
    }

    @Override
    public List<String> list(String directory) {
        Path path = directory(directory);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw DiskErrors.translate("cannot list directory", path, e);
        } catch (DirectoryIteratorException e) {
            throw DiskErrors.translate("cannot list directory", path, new IOException(e.getMessage(), e));
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public void createDirectories(String directory) {
        Path path = directory(directory);
        try {
            createDurably(path);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot create directory", path, e);
        }
    }

    private void createDurably(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDurably(parent);
        }
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        if (parent != null) {
            forcePath(parent);
        }
    }

    @Override
    public boolean delete(String name) {
        Path path = path(name);
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot delete file", path, e);
        }
    }

    @Override
    public void rename(String from, String to) {
        VfsNames.checkRename(from, to);
        Path path = path(from);
        try {
            Files.move(path, path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot rename file", path, e);
        }
    }

    @Override
    public void forceDirectory(String directory) {
        Path path = directory(directory);
        try {
            forcePath(path);
        } catch (IOException e) {
            throw DiskErrors.translate("cannot force directory", path, e);
        }
    }

    private void forcePath(Path directory) throws IOException {
        if (canForceDirectories) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public Optional<VfsLock> tryLock(String name) {
        Path path = path(name);
        try {
            return DiskLock.tryLock(root.toRealPath().resolve(name));
        } catch (IOException e) {
            throw DiskErrors.translate("cannot lock file", path, e);
        }
    }

    @Override
    public long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw DiskErrors.translate("cannot ask for free space", root, e);
        }
    }
}
