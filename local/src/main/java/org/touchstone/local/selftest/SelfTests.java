package org.touchstone.local.selftest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.inference.DeviceUnavailableException;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.inference.Quantisation;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.local.selftest.SelfTestResult.Kind;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.SelfTest;

/**
 * Tests models before they are used. Where a publisher gives scores, a model must have them;
 * elsewhere only its structure can be tested: it takes and gives what its manifest says, its values
 * are finite, and the same input gives the same values. What it gave first is recorded beside it,
 * by device, and must not change.
 */
public final class SelfTests {
  /**
   * Largest change from one run to another of the same file, of values up to 1 or in proportion.
   */
  private static final double RECORDED_TOLERANCE = 0.01;

  /**
   * As above, for models that compute with quantised values, which processors round differently.
   */
  private static final double QUANTISED_TOLERANCE = 0.1;

  private static final double SAME = 1e-5;

  /** A model of any size: there is only one at a time. */
  private static final long MEMORY = Long.MAX_VALUE / 4;

  private final OnnxSettings settings;

  /** Runs models on the device that detectors use. */
  public SelfTests() {
    this(new OnnxSettings(OnnxSettings.Device.AUTO, 0, OnnxSettings.DEFAULT_CONCURRENCY, MEMORY));
  }

  SelfTests(OnnxSettings settings) {
    this.settings = settings;
  }

  /**
   * Tests a model and records what it gave, if it has not run on this device before.
   *
   * @param store knows which files were checked already
   * @param model one in the store, or a draft of one
   * @param published the publisher's scores, if there are any
   * @throws SelfTestException when it does not pass
   * @throws ModelException when its files differ from its manifest
   */
  public SelfTestResult run(ModelStore store, InstalledModel model, Optional<SelfTest> published) {
    Natives.configure();
    ModelManifest manifest = model.manifest();
    if (manifest.extraInputs().stream().anyMatch(i -> i.fill() == ExtraInput.Fill.STYLE_LATENTS)) {
      return new SelfTestResult(
          Kind.NONE, "none", List.of(), "it needs style latents, which Touchstone cannot compute");
    }
    store.verify(model);
    try (OnnxModels models = new OnnxModels(store, settings)) {
      String device = models.device().toString();
      SelfTestResult result =
          SpeechModel.decoder(manifest).isPresent()
              ? models.useSpeech(model, loaded -> test(loaded, device))
              : models.use(model, loaded -> test(loaded, device, published));
      return compare(model, result);
    } catch (DeviceUnavailableException | ModelException | DetectionException e) {
      throw new SelfTestException("it cannot be run: " + e.getMessage(), e);
    }
  }

  private static SelfTestResult test(OnnxModel model, String device, Optional<SelfTest> published) {
    List<Double> values = structure(new ModelRun(model)::once);
    published.ifPresent(test -> requireScores(model, device, test));
    Kind kind = published.isEmpty() ? Kind.STRUCTURE : Kind.SCORES;
    return new SelfTestResult(kind, device, values, "");
  }

  private static SelfTestResult test(SpeechModel model, String device) {
    return new SelfTestResult(Kind.STRUCTURE, device, structure(() -> ModelRun.once(model)), "");
  }

  /** The first value of each output and the mean of its values. */
  private static List<Double> structure(Supplier<Map<String, float[]>> run) {
    Map<String, float[]> once = new TreeMap<>(run.get());
    Map<String, float[]> again = run.get();
    List<Double> values = new ArrayList<>();
    once.forEach(
        (name, output) -> {
          double sum = 0;
          for (int i = 0; i < output.length; i++) {
            if (!Float.isFinite(output[i])) {
              throw new SelfTestException("its output " + name + " is not finite");
            }
            if (differs(output[i], again.get(name)[i], SAME)) {
              throw new SelfTestException("its output " + name + " is not the same twice");
            }
            sum += output[i];
          }
          if (output.length > 0) {
            values.add((double) output[0]);
            values.add(sum / output.length);
          }
        });
    return values;
  }

  private static void requireScores(OnnxModel model, String device, SelfTest test) {
    ModelManifest manifest = model.manifest();
    Input.Visual visual =
        manifest
            .visual()
            .orElseThrow(() -> new SelfTestException("it does not take pictures to test it with"));
    int fake = manifest.detector().map(role -> role.output().fakeIndex()).orElse(0);
    ModelInput input = new ModelInput(visual);
    double tolerance = device.equals("cpu") ? test.tolerance() : test.deviceTolerance();
    for (SelfTest.Picture picture : test.pictures()) {
      float[] row =
          model
              .run(
                  input.pack(
                      List.of(
                          input.fit(
                              FormulaPictures.of(
                                  picture.width(), picture.height(), picture.seed())))),
                  1)[0];
      double raw = row[fake];
      if (!(Math.abs(raw - picture.raw()) <= tolerance)) {
        throw new SelfTestException(
            String.format(
                Locale.ROOT,
                "it gives %.4f for a picture for which its publisher gives %.4f",
                raw,
                picture.raw()));
      }
    }
  }

  private static SelfTestResult compare(InstalledModel model, SelfTestResult result) {
    SelfTestRecord record = new SelfTestRecord(model);
    Optional<List<Double>> before = record.values(result);
    if (before.isEmpty()) {
      try {
        record.add(result);
      } catch (IOException e) {
        // Nothing is wrong with the model: its folder may be mounted so that nobody can write it.
        return result.noting("not recorded: the model's folder cannot be written");
      }
      return result;
    }
    double tolerance = Quantisation.of(model) ? QUANTISED_TOLERANCE : RECORDED_TOLERANCE;
    List<Double> now = result.values();
    for (int i = 0; i < now.size(); i++) {
      if (differs(now.get(i), before.get().get(i), tolerance)) {
        throw new SelfTestException(
            String.format(
                Locale.ROOT,
                "it gives %.4f where it gave %.4f when it was installed",
                now.get(i),
                before.get().get(i)));
      }
    }
    return result;
  }

  private static boolean differs(double a, double b, double tolerance) {
    return !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)));
  }
}
