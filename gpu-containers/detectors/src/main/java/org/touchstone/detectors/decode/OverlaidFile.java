package org.touchstone.detectors.decode;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;
import org.touchstone.formats.tiff.TiffExtract;

/** A file with another start and with bytes behind its end, for ImageIO. */
final class OverlaidFile extends ImageInputStreamImpl {
  private final RandomAccessFile file;
  private final TiffExtract extract;
  private final long fileBytes;

  OverlaidFile(Path path, TiffExtract extract) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.extract = extract;
    this.fileBytes = file.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = at(streamPos, into, offset, length);
    if (count > 0) {
      streamPos += count;
    }
    return count;
  }

  private int at(long position, byte[] into, int offset, int length) throws IOException {
    byte[] start = extract.start();
    if (position < start.length) {
      return copy(start, position, into, offset, length);
    }
    if (position < fileBytes) {
      file.seek(position);
      return file.read(into, offset, length);
    }
    long behind = position - fileBytes - extract.gap();
    if (behind < 0) {
      into[offset] = 0;
      return 1;
    }
    return behind < extract.end().length ? copy(extract.end(), behind, into, offset, length) : -1;
  }

  private static int copy(byte[] from, long at, byte[] into, int offset, int length) {
    int count = (int) Math.min(length, from.length - at);
    System.arraycopy(from, (int) at, into, offset, count);
    return count;
  }

  @Override
  public long length() {
    return fileBytes + extract.gap() + extract.end().length;
  }

  @Override
  public void close() throws IOException {
    super.close();
    file.close();
  }
}
