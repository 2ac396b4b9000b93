package org.touchstone.worker.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.Versions;
import org.touchstone.worker.models.RemoteModel.RemoteFile;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The models in S3, and the selection of the wanted ones. */
final class RemoteModels {
  private static final Pattern FILE =
      Pattern.compile("([a-z0-9-]{1,64})/([A-Za-z0-9._+-]{1,64})/([A-Za-z0-9._-]{1,255})");
  private static final int MAX_OBJECTS = 10_000;
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  private final S3Client s3;
  private final ModelSource source;

  RemoteModels(S3Client s3, ModelSource source) {
    this.s3 = s3;
    this.source = source;
  }

  /**
   * The wanted models: for each name the pinned version, or else the newest.
   *
   * @param names only these; all when empty
   * @throws ModelException when a name or a pinned version does not exist, or a model is incomplete
   */
  List<RemoteModel> find(Set<String> names, Map<String, String> pins) {
    Map<String, Map<String, Map<String, RemoteFile>>> found = list();
    for (String name : names) {
      if (!found.containsKey(name)) {
        throw new ModelException("there is no model " + name + " in the bucket");
      }
    }
    List<RemoteModel> models = new ArrayList<>();
    found.forEach(
        (name, versions) -> {
          if (names.isEmpty() || names.contains(name)) {
            String version =
                pins.getOrDefault(
                    name, versions.keySet().stream().max(Versions::compare).orElseThrow());
            if (!versions.containsKey(version)) {
              throw new ModelException("there is no " + name + "/" + version + " in the bucket");
            }
            models.add(open(name, version, versions.get(version)));
          }
        });
    return List.copyOf(models);
  }

  /** Files by name and version. A version without a manifest does not count yet. */
  private Map<String, Map<String, Map<String, RemoteFile>>> list() {
    Map<String, Map<String, Map<String, RemoteFile>>> found = new TreeMap<>();
    s3
        .listObjectsV2Paginator(r -> r.bucket(source.bucket()).prefix(source.prefix()))
        .contents()
        .stream()
        .limit(MAX_OBJECTS)
        .forEach(object -> add(found, object));
    found.values().forEach(v -> v.values().removeIf(f -> !f.containsKey(ModelManifest.FILE_NAME)));
    found.values().removeIf(Map::isEmpty);
    return found;
  }

  private void add(Map<String, Map<String, Map<String, RemoteFile>>> found, S3Object object) {
    Matcher file = FILE.matcher(object.key().substring(source.prefix().length()));
    if (file.matches()) {
      found
          .computeIfAbsent(file.group(1), name -> new TreeMap<>())
          .computeIfAbsent(file.group(2), version -> new HashMap<>())
          .put(file.group(3), new RemoteFile(object.key(), object.size(), object.eTag()));
    }
  }

  private RemoteModel open(String name, String version, Map<String, RemoteFile> files) {
    RemoteFile json = files.get(ModelManifest.FILE_NAME);
    if (json.bytes() > MAX_MANIFEST_BYTES) {
      throw new ModelException("model.json of " + name + "/" + version + " is too large");
    }
    byte[] bytes =
        s3.getObjectAsBytes(r -> r.bucket(source.bucket()).key(json.key()).ifMatch(json.eTag()))
            .asByteArray();
    ModelManifest manifest = ModelManifest.read(bytes);
    if (!manifest.name().equals(name) || !manifest.version().equals(version)) {
      throw new ModelException(
          "model.json of " + name + "/" + version + " names another model than its folder");
    }
    Map<String, RemoteFile> listed = new TreeMap<>();
    for (String file : manifest.files().keySet()) {
      if (!files.containsKey(file)) {
        throw new ModelException(name + "/" + version + " lacks " + file + " in the bucket");
      }
      listed.put(file, files.get(file));
    }
    return new RemoteModel(manifest, bytes, listed);
  }
}
