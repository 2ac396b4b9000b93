package org.touchstone.detectors.sound;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.decode.AudioReader;
import org.touchstone.detectors.decode.SoundSource;
import org.touchstone.domain.Reason;

/**
 * Decoded sound: one channel, {@value #SAMPLE_RATE} samples a second, read by window. Hours of it
 * would fill the heap, so it is in a file of 16-bit samples, which is deleted on close. Times are
 * in seconds from the start of the sound. Thread-safe.
 */
public final class Sound implements AutoCloseable {
  /** Samples of a second. */
  public static final int SAMPLE_RATE = 16_000;

  private static final Logger LOG = System.getLogger(Sound.class.getName());

  /** Most samples of one window, which is an array. */
  private static final int MAX_WINDOW = 1 << 24;

  /** The 16-bit value of 1.0. */
  private static final float FULL_SCALE = 1 << 15;

  /** Smallest gap in a file's times that is not a rounding error. */
  private static final double MIN_GAP_SECONDS = 0.1;

  /** Longest gap that counts as silence; after a longer one the file's clock was reset. */
  private static final double MAX_GAP_SECONDS = 10;

  private final Path path;
  private final long samples;
  private final boolean whole;
  private final SoundSource source;
  private final Waveform waveform;
  private final RandomAccessFile file;
  private boolean closed;

  private Sound(Path path, long samples, boolean whole, SoundSource source, Waveform waveform)
      throws IOException {
    this.path = path;
    this.samples = samples;
    this.whole = whole;
    this.source = source;
    this.waveform = waveform;
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  /**
   * Decodes the main sound stream of a file. Where packets are lost there is silence.
   *
   * @param folder the folder for the decoded sound
   * @return at least one sample; only the start of a sound that is too long or takes too long
   * @throws DetectionException with {@link Reason#NO_AUDIO} when there is no sound stream, {@link
   *     Reason#UNSUPPORTED} when its format or codec is not known, {@link Reason#CORRUPT} when
   *     nothing can be decoded, {@link Reason#TIMEOUT} when decoding took too long, {@link
   *     Reason#ERROR} when it cannot be written
   */
  public static Sound decode(Path medium, Path folder, DecodeLimits limits) {
    Deadline deadline = Deadline.in(limits.sound().maxTime());
    long most = samples(limits.sound().maxLength());
    Path path = null;
    try (AudioReader reader =
        AudioReader.open(medium, limits.maxSourcePixels(), SAMPLE_RATE, deadline)) {
      path = Files.createTempFile(folder, "sound-", ".pcm");
      Copy copy = copy(reader, path, most);
      boolean late = deadline.passed();
      if (copy.samples == 0) {
        throw late
            ? new DetectionException(Reason.TIMEOUT, "Decoding its sound took too long.")
            : new DetectionException(Reason.CORRUPT, "None of its sound can be decoded.");
      }
      return new Sound(path, copy.samples, copy.whole && !late, reader.source(), copy.waveform);
    } catch (IOException e) {
      delete(path);
      throw new DetectionException(
          Reason.ENVIRONMENT, "Its sound could not be written to the disk.", e);
    } catch (RuntimeException | Error e) {
      delete(path);
      throw e;
    }
  }

  private static long samples(Duration length) {
    return Math.max(1, Math.multiplyExact(length.toMillis(), SAMPLE_RATE) / 1000);
  }

  private record Copy(long samples, boolean whole, Waveform waveform) {}

  private static Copy copy(AudioReader reader, Path path, long most) throws IOException {
    long written = 0;
    PeakMeter meter = new PeakMeter();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
      // The difference between the file's times and ours; a reset clock changes it.
      double ahead = 0;
      for (short[] next = reader.next(); next.length > 0; next = reader.next()) {
        double gap = reader.time() + ahead - (double) written / SAMPLE_RATE;
        if (gap > MIN_GAP_SECONDS && gap <= MAX_GAP_SECONDS) {
          written += write(new short[(int) (gap * SAMPLE_RATE)], out, most - written, meter);
        } else if (Math.abs(gap) > MAX_GAP_SECONDS) {
          ahead -= gap;
        }
        written += write(next, out, most - written, meter);
        if (written >= most) {
          return new Copy(written, reader.next().length == 0, meter.waveform());
        }
      }
    }
    return new Copy(written, true, meter.waveform());
  }

  private static int write(short[] samples, OutputStream out, long room, PeakMeter meter)
      throws IOException {
    int count = (int) Math.min(samples.length, room);
    meter.add(samples, count);
    ByteBuffer bytes = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples, 0, count);
    out.write(bytes.array());
    return count;
  }

  /** The number of samples; at least one. */
  public long samples() {
    return samples;
  }

  /** The length of the sound, seconds. */
  public double seconds() {
    return (double) samples / SAMPLE_RATE;
  }

  /** The sound stream it was decoded from. */
  public SoundSource source() {
    return source;
  }

  /** Whether it was decoded to its end, not only up to a limit of length or time. */
  public boolean isWhole() {
    return whole;
  }

  /** Its outline. */
  public Waveform waveform() {
    return waveform;
  }

  /**
   * Samples of a window, -1..1.
   *
   * @param from first sample; may be before the start or after the end
   * @param count number of samples, at most 2^24; parts outside the sound are silence
   * @throws IllegalStateException when closed
   */
  public float[] window(long from, int count) {
    if (count < 0 || count > MAX_WINDOW) {
      throw new IllegalArgumentException("a window has at most %d samples".formatted(MAX_WINDOW));
    }
    float[] window = new float[count];
    long start = Math.clamp(from, 0, samples);
    long end = Math.clamp(from + count, start, samples);
    ShortBuffer known = read(start, (int) (end - start));
    int offset = (int) (start - from);
    for (int i = 0; known.hasRemaining(); i++) {
      window[offset + i] = known.get() / FULL_SCALE;
    }
    return window;
  }

  /**
   * Samples of a window by its times.
   *
   * @param from start, seconds
   * @param seconds length of the window, seconds; parts outside the sound are silence
   * @throws IllegalStateException when closed
   */
  public float[] window(double from, double seconds) {
    long count = Math.round(seconds * SAMPLE_RATE);
    return window(Math.round(from * SAMPLE_RATE), (int) Math.min(count, Integer.MAX_VALUE));
  }

  /** Not with a channel: an interrupt would close it for all threads that share it. */
  private synchronized ShortBuffer read(long from, int count) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    byte[] bytes = new byte[count * Short.BYTES];
    try {
      file.seek(from * Short.BYTES);
      file.readFully(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the decoded sound cannot be read", e);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        file.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "decoded sound", e);
      }
      delete(path);
    }
  }

  private static void delete(Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "decoded sound could not be deleted", e);
    }
  }
}
