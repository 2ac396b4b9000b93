package org.touchstone.detectors.sound;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.media.SpokenSound;
import org.touchstone.testing.models.TestModels;

/** Sounds to listen to, and the real model of voice activity. */
public final class TestSounds {
  private TestSounds() {}

  /** The samples of the file with speech, 6.2 s. */
  public static float[] spokenSamples(Path folder) {
    try (Sound sound = Sound.decode(SpokenSound.in(folder), folder, DecodeLimits.DEFAULT)) {
      return sound.window(0L, (int) sound.samples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sound of samples, -1 to 1. */
  public static Sound of(Path folder, int samples, IntToDoubleFunction sample) {
    return Sound.decode(wav(folder, samples, sample), folder, DecodeLimits.DEFAULT);
  }

  /** A file of 16-bit samples at 16 kHz. */
  public static Path wav(Path folder, int samples, IntToDoubleFunction sample) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes()).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) Math.clamp(Math.rint(sample.applyAsDouble(i) * 32768), -32768, 32767));
    }
    try {
      return Files.write(Files.createTempFile(folder, "sound", ".wav"), wav.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of telephone sound: 8 kHz, mu-law (ITU-T G.711), made of samples at 16 kHz. */
  public static Path telephone(Path folder, float[] samples) {
    int count = samples.length / 2;
    ByteBuffer wav = ByteBuffer.allocate(46 + count).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(38 + count).put("WAVEfmt ".getBytes()).putInt(18);
    wav.putShort((short) 7).putShort((short) 1).putInt(8_000).putInt(8_000);
    wav.putShort((short) 1).putShort((short) 8).putShort((short) 0);
    wav.put("data".getBytes()).putInt(count);
    for (int i = 0; i < count; i++) {
      float before = i == 0 ? 0 : samples[2 * i - 1];
      double low = 0.5 * samples[2 * i] + 0.25 * (before + samples[2 * i + 1]);
      double curved = Math.log1p(255 * Math.abs(low)) / Math.log(256);
      int magnitude = (int) Math.min(127, Math.round(127 * curved));
      wav.put((byte) ~(magnitude | (low < 0 ? 0x80 : 0)));
    }
    try {
      return Files.write(Files.createTempFile(folder, "telephone", ".wav"), wav.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A long file of telephone sound whose samples are all the same; it hardly takes room on a disk.
   */
  public static void longTelephone(Path file, int seconds) {
    int count = 8_000 * seconds;
    ByteBuffer head = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes()).putInt(38 + count).put("WAVEfmt ".getBytes()).putInt(18);
    head.putShort((short) 7).putShort((short) 1).putInt(8_000).putInt(8_000);
    head.putShort((short) 1).putShort((short) 8).putShort((short) 0);
    head.put("data".getBytes()).putInt(count);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(head.array());
      out.setLength(46L + count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static IntToDoubleFunction tone(double hertz) {
    return i -> 0.5 * Math.sin(2 * Math.PI * hertz * i / 16_000);
  }

  public static IntToDoubleFunction noise() {
    SplittableRandom random = new SplittableRandom(7);
    return i -> 0.3 * (random.nextDouble() * 2 - 1);
  }

  /** A store with Silero VAD v6, as it is published. */
  public static ModelStore withVoiceActivity(Path root) {
    try (InputStream in = TestSounds.class.getResourceAsStream("/sound/silero_vad_v6.onnx")) {
      TestModels.install(
          root,
          """
          {"name": "silero-vad", "version": "6", "licence": "MIT", "engine": "OnnxRuntime",
           "files": {"model.onnx": "@SHA256@"}, "role": "voice-activity",
           "input": {"name": "input", "layout": "samples", "dtype": "float32",
                     "sampleRate": 16000, "samples": 576, "hop": 512},
           "extraInputs": [{"name": "sr", "dtype": "int64", "shape": [], "batched": false,
                            "fill": "constant", "value": 16000}],
           "states": [{"input": "state", "output": "stateN", "dtype": "float32",
                       "shape": [2, "batch", 128]}],
           "output": {"name": "output"}}
          """,
          in.readAllBytes());
      return new ModelStore(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
