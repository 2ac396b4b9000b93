package org.touchstone.resolver.probe;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * The ffmpeg and ffprobe programs within the FFmpeg preset jar, for applications that have the jar
 * on their class path and cannot count on an installed FFmpeg.
 *
 * <p>The programs are linked against libraries for video hardware and for capturing sound and
 * screens, which servers lack and which are never called here: a stand-in replaces each of them
 * that does not come with FFmpeg. Which ones do differs between platforms.
 */
public final class BundledFfmpeg {
  private static final String FFPROBE = "ffprobe";
  private static final String FFMPEG = "ffmpeg";

  private static final List<String> UNUSED_LIBRARIES =
      List.of(
          "libpulse.so.0",
          "libasound.so.2",
          "libxcb.so.1",
          "libxcb-shm.so.0",
          "libva.so.2",
          "libva-drm.so.2",
          "libdrm.so.2");

  /**
   * Libraries that come with FFmpeg on one platform or another, depend on nothing and have no
   * symbol versions that could clash.
   */
  private static final List<String> STAND_INS = List.of("libdrm.so.2", "libvcos.so");

  private final Path folder;
  private final Path standIns;

  private BundledFfmpeg(Path folder, Path standIns) {
    this.folder = folder;
    this.standIns = standIns;
  }

  /**
   * Unpacks the programs, or finds them unpacked by an earlier run.
   *
   * @param work a folder that this process may write to; created when absent
   * @throws IllegalStateException when the preset jar for this platform is not on the class path
   */
  public static BundledFfmpeg unpack(Path work) {
    URL resources =
        BundledFfmpeg.class.getResource("/org/bytedeco/ffmpeg/" + Loader.getPlatform() + "/");
    if (resources == null) {
      throw new IllegalStateException("FFmpeg is not on the class path");
    }
    try {
      Path folder = Loader.cacheResource(resources).toPath();
      for (String program : List.of(FFPROBE, FFMPEG)) {
        if (!Files.isExecutable(folder.resolve(program))) {
          Files.setPosixFilePermissions(
              folder.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
      Path standIns = Files.createDirectories(work);
      Path standIn =
          STAND_INS.stream().map(folder::resolve).filter(Files::exists).findFirst().orElse(null);
      for (String library : UNUSED_LIBRARIES) {
        if (standIn != null && !Files.exists(folder.resolve(library))) {
          link(standIns.resolve(library), standIn);
        }
      }
      return new BundledFfmpeg(folder, standIns);
    } catch (IOException e) {
      throw new UncheckedIOException("FFmpeg cannot be unpacked", e);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
      return;
    }
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
  }

  public Ffprobe.Executable ffprobe() {
    return new Ffprobe.Executable(folder.resolve(FFPROBE).toString(), libraryPath());
  }

  /** The ffmpeg program, to be run with {@link #libraryPath} as its {@code LD_LIBRARY_PATH}. */
  public Path ffmpeg() {
    return folder.resolve(FFMPEG);
  }

  public String libraryPath() {
    return folder + File.pathSeparator + standIns;
  }
}
