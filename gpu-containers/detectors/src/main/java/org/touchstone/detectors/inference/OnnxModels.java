package org.touchstone.detectors.inference;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;

/**
 * The loaded models. A model is checked against its manifest's hashes and loaded when first used.
 * When the memory is used up, models that nobody uses at the moment are unloaded, the least
 * recently used first; when all are in use, the caller waits. Safe for use by several threads.
 */
public final class OnnxModels implements AutoCloseable {
  private final ModelStore store;
  private final OnnxSettings settings;
  private final Device device;

  /** In the order of last use. */
  private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /**
   * @throws DeviceUnavailableException when the device that the settings name cannot be used
   */
  public OnnxModels(ModelStore store, OnnxSettings settings) {
    this.store = Objects.requireNonNull(store, "store");
    this.device = OnnxDevices.resolve(settings.device());
    this.settings = settings.on(device);
  }

  /** The installed models, loaded or not. */
  public ModelStore store() {
    return store;
  }

  /** Where models run: the CPU or a CUDA device. */
  public Device device() {
    return device;
  }

  /**
   * Runs work with a model, which stays loaded meanwhile.
   *
   * @throws ModelException when the model cannot be loaded, differs from its manifest or is larger
   *     than the memory for models
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted while waiting for
   *     memory
   */
  public <T> T use(InstalledModel model, Function<OnnxModel, T> work) {
    return use(model, OnnxModel.class, work);
  }

  /**
   * Runs work with a recogniser of two graphs, as above.
   *
   * @throws IllegalArgumentException when its manifest has no decoder
   */
  public <T> T useSpeech(InstalledModel model, Function<SpeechModel, T> work) {
    return use(model, SpeechModel.class, work);
  }

  private <M extends LoadedModel, T> T use(
      InstalledModel model, Class<M> kind, Function<M, T> work) {
    if (kind != kind(model)) {
      throw new IllegalArgumentException("a model of another kind");
    }
    Slot slot = acquire(model);
    try {
      return work.apply(kind.cast(slot.model()));
    } finally {
      release(slot);
    }
  }

  private static Class<? extends LoadedModel> kind(InstalledModel model) {
    return SpeechModel.decoder(model.manifest()).isPresent() ? SpeechModel.class : OnnxModel.class;
  }

  /** The number of loaded models. */
  public synchronized int loaded() {
    return slots.size();
  }

  /** Unloads all models; those in use are unloaded as soon as they are free. */
  @Override
  public synchronized void close() {
    closed = true;
    evictIdle(Long.MAX_VALUE);
    notifyAll();
  }

  private synchronized Slot acquire(InstalledModel model) {
    String key = model.manifest().name() + "/" + model.manifest().version();
    long bytes = store.bytes(model);
    if (bytes > settings.memoryBytes()) {
      throw new ModelException(
          "the model takes %d MB, there are %d MB for models"
              .formatted(bytes >> 20, settings.memoryBytes() >> 20));
    }
    while (!closed && !slots.containsKey(key) && !hasRoom(bytes)) {
      awaitRelease();
    }
    if (closed) {
      throw new IllegalStateException("closed");
    }
    Slot slot = slots.computeIfAbsent(key, k -> new Slot(k, model, bytes));
    slot.users.incrementAndGet();
    return slot;
  }

  private boolean hasRoom(long bytes) {
    long used = slots.values().stream().mapToLong(s -> s.bytes).sum();
    long missing = used + bytes - settings.memoryBytes();
    return missing <= 0 || evictIdle(missing) >= missing;
  }

  private long evictIdle(long bytes) {
    long freed = 0;
    Iterator<Slot> oldestFirst = slots.values().iterator();
    while (freed < bytes && oldestFirst.hasNext()) {
      Slot slot = oldestFirst.next();
      if (slot.users.get() == 0) {
        freed += slot.bytes;
        oldestFirst.remove();
        slot.unload();
      }
    }
    return freed;
  }

  private void awaitRelease() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectionException(Reason.TIMEOUT, "It was stopped while it waited.", e);
    }
  }

  private synchronized void release(Slot slot) {
    if (slot.users.decrementAndGet() == 0 && (closed || !slot.isLoaded())) {
      slots.remove(slot.key);
      slot.unload();
    }
    notifyAll();
  }

  /**
   * The slot of a model. The enclosing object's lock guards its fields; its own lock guards the
   * model.
   */
  private final class Slot {
    private final String key;
    private final InstalledModel installed;
    private final long bytes;
    private final AtomicInteger users = new AtomicInteger();
    private LoadedModel model;

    Slot(String key, InstalledModel installed, long bytes) {
      this.key = key;
      this.installed = installed;
      this.bytes = bytes;
    }

    /** Loads outside the enclosing lock, so that other models can be used meanwhile. */
    synchronized LoadedModel model() {
      if (model == null) {
        store.verify(installed);
        model =
            kind(installed) == SpeechModel.class
                ? SpeechModel.load(installed, settings)
                : OnnxModel.load(installed, settings, users::get);
      }
      return model;
    }

    synchronized boolean isLoaded() {
      return model != null;
    }

    synchronized void unload() {
      if (model != null) {
        model.close();
        model = null;
      }
    }
  }
}
