package org.touchstone.partners.voter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.touchstone.domain.Category;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.files.Sha256;

/**
 * Reads descriptions of voters: a list of objects, each of which may start from a preset. Every
 * field is checked; {@code docs/voters.md} describes them.
 */
public final class VoterReader {
  /** Longest time for one question, in seconds: the function that asks has five minutes. */
  static final int MAX_SECONDS = 240;

  /** Longest time for one question to a voter that calls back; nothing runs while it is awaited. */
  static final int MAX_CALLBACK_SECONDS = 1800;

  private static final int HTTPS_PORT = 443;
  private static final int MAX_VOTERS = 20;
  private static final int MAX_REQUESTS = 5;
  private static final int MAX_MEGABYTES = 250;
  private static final int BASE64_MEGABYTES = 20;
  private static final int MAX_USD = 1_000_000;
  private static final long MEGABYTE = 1_000_000;
  private static final int VERSION_DIGITS = 12;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");

  private final boolean allowPrivate;

  private VoterReader(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /**
   * Reads a list of voters.
   *
   * @param json the list in JSON
   * @param allowPrivate only for trials on one's own machine: also accepts unencrypted addresses
   * @throws InvalidVoterException when something about it is not valid
   */
  public static List<Voter> read(String json, boolean allowPrivate) throws InvalidVoterException {
    try {
      return read(Json.mapper().readTree(json), allowPrivate);
    } catch (JsonProcessingException e) {
      throw new InvalidVoterException("voters", "is not JSON");
    }
  }

  /** As {@link #read(String, boolean)}, of a parsed list. */
  public static List<Voter> read(JsonNode list, boolean allowPrivate) throws InvalidVoterException {
    if (!list.isArray()) {
      throw new InvalidVoterException("voters", "is not a list");
    }
    if (list.size() > MAX_VOTERS) {
      throw new InvalidVoterException("voters", "has more than " + MAX_VOTERS + " voters");
    }
    VoterReader reader = new VoterReader(allowPrivate);
    List<Voter> voters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    EnsembleDetector.ALL.forEach(detector -> names.add(detector.name()));
    for (int i = 0; i < list.size(); i++) {
      Voter voter = reader.voter("voters[" + i + "]", list.get(i));
      if (!names.add(voter.name())) {
        throw new InvalidVoterException(
            "voters[" + i + "].name", "another voter or detector has this name");
      }
      voters.add(voter);
    }
    return List.copyOf(voters);
  }

  private Voter voter(String path, JsonNode entry) throws InvalidVoterException {
    Fields given = new Fields(path, entry);
    ObjectNode whole = preset(given);
    EnumSet<Modality> offered =
        whole.has("tracks") ? tracks(new Fields(path, whole)) : EnumSet.allOf(Modality.class);
    entry.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    if (!given.has("tracks")) {
      throw given.problem("tracks", "is missing: name the kinds of media to send");
    }
    Fields fields = new Fields(path, whole);
    fields.get("preset");
    EnumSet<Modality> tracks = tracks(fields);
    if (!offered.containsAll(tracks)) {
      throw fields.problem("tracks", "the preset is for " + codes(offered) + " only");
    }
    String name = fields.required("name");
    fields.text("name", NAME, "1 to 63 lower-case letters, digits and hyphens");
    String secret = fields.text("secret", NAME, "a name of lower-case letters and digits");
    Requests requests = requests(fields, secret != null);
    if (!fields.has("answer")) {
      throw fields.problem("answer", "is missing");
    }
    Voter voter =
        new Voter(
            name,
            fields.required("provider"),
            category(fields),
            tracks,
            version(whole),
            address(fields),
            secret,
            requests.steps(),
            requests.poll(),
            requests.callback(),
            requests.deletion(),
            fields.expression("answer"),
            limits(fields, requests),
            price(fields),
            counts(fields));
    fields.end();
    return voter;
  }

  private static ObjectNode preset(Fields given) throws InvalidVoterException {
    String name = given.text("preset");
    if (name == null) {
      return Json.mapper().createObjectNode();
    }
    if (!Presets.names().contains(name)) {
      throw given.problem("preset", "is not one of " + String.join(", ", Presets.names()));
    }
    return Presets.fields(name);
  }

  private static EnumSet<Modality> tracks(Fields fields) throws InvalidVoterException {
    EnumSet<Modality> tracks = EnumSet.noneOf(Modality.class);
    for (JsonNode element : fields.list("tracks")) {
      Modality found = null;
      for (Modality track : Modality.values()) {
        found = track.code().equals(element.asText()) ? track : found;
      }
      if (found == null || !tracks.add(found)) {
        throw fields.problem("tracks", "lists each of image, video and audio at most once");
      }
    }
    if (tracks.isEmpty()) {
      throw fields.problem("tracks", "is empty");
    }
    return tracks;
  }

  private static String codes(Set<Modality> tracks) {
    return String.join(", ", tracks.stream().map(Modality::code).toList());
  }

  private static Category category(Fields fields) throws InvalidVoterException {
    String code = fields.text("category");
    for (Category category : Category.values()) {
      if (code != null && category.name().toLowerCase(Locale.ROOT).equals(code)) {
        return category;
      }
    }
    if (code == null) {
      return Category.GENERATIVE;
    }
    throw fields.problem(
        "category", "is not one of faces, generative, noise, voice, semantic, forensic");
  }

  private String address(Fields fields) throws InvalidVoterException {
    String address = fields.required("address");
    fields.text("address", ADDRESS, "an address such as https://api.example.org");
    URI uri = URI.create(address);
    if (!uri.getScheme().equals("https") && !allowPrivate) {
      throw fields.problem("address", "is not encrypted; it must begin with https://");
    }
    if (uri.getPort() >= 0 && uri.getPort() != HTTPS_PORT && !allowPrivate) {
      throw fields.problem("address", "has a port; only https's own is visited");
    }
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private record Requests(
      List<Step> steps, Voter.Poll poll, Voter.Callback callback, Step deletion) {}

  private Requests requests(Fields fields, boolean hasSecret) throws InvalidVoterException {
    StepReader reader = new StepReader(hasSecret, allowPrivate);
    List<JsonNode> list = fields.list("requests");
    if (list.isEmpty() || list.size() > MAX_REQUESTS) {
      throw fields.problem("requests", "needs 1 to " + MAX_REQUESTS + " requests");
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      steps.add(step(reader, fields.path("requests[" + i + "]"), list.get(i)));
    }
    if (steps.stream().filter(step -> step.send() != null).count() != 1) {
      throw fields.problem("requests", "exactly one of them has send");
    }
    Fields called = fields.fields("callback");
    Voter.Callback callback = called == null ? null : CallbackReader.read(called, hasSecret);
    CallbackReader.checkAddress(fields, steps, callback);
    Fields poll = fields.fields("poll");
    if (poll != null && callback != null) {
      throw fields.problem("poll", "a result is either polled or called back");
    }
    Voter.Poll polled = poll == null ? null : poll(reader, poll);
    Fields deletion = fields.fields("delete");
    Step deleted = deletion == null ? null : later(reader, deletion, "DELETE");
    return new Requests(steps, polled, callback, deleted);
  }

  private static Step step(StepReader reader, String path, JsonNode node)
      throws InvalidVoterException {
    Fields fields = new Fields(path, node);
    Step step = reader.read(fields, "GET");
    fields.end();
    return step;
  }

  private static Step later(StepReader reader, Fields fields, String method)
      throws InvalidVoterException {
    Step step = reader.read(fields, method);
    if (step.send() != null) {
      throw fields.problem("send", "only requests send the medium");
    }
    if (Placeholders.in(step).contains(Placeholders.CALLBACK_URL)) {
      throw fields.problem("url", "{callbackUrl} is for requests only");
    }
    fields.end();
    return step;
  }

  private static Voter.Poll poll(StepReader reader, Fields fields) throws InvalidVoterException {
    Duration every = Duration.ofSeconds(fields.number("everySeconds", 1, 60, 5));
    if (!fields.has("until")) {
      throw fields.problem("until", "is missing");
    }
    var until = fields.expression("until");
    return new Voter.Poll(later(reader, fields, "GET"), every, until);
  }

  private static Voter.Limits limits(Fields fields, Requests requests)
      throws InvalidVoterException {
    Long perMinute = fields.number("requestsPerMinute", 1, 100_000);
    Set<Integer> statuses = new HashSet<>();
    for (JsonNode status : fields.list("abstainOnStatus")) {
      if (!status.isInt() || status.intValue() < 400 || status.intValue() > 499) {
        throw fields.problem("abstainOnStatus", "lists HTTP statuses from 400 to 499");
      }
      statuses.add(status.intValue());
    }
    int longest = requests.callback() == null ? MAX_SECONDS : MAX_CALLBACK_SECONDS;
    boolean base64 = requests.steps().stream().anyMatch(step -> step.send() == Sending.BASE64);
    return new Voter.Limits(
        Duration.ofSeconds(fields.number("seconds", 1, longest, 60)),
        perMinute == null ? null : perMinute.intValue(),
        (int) fields.number("retries", 0, 5, 2),
        fields.number(
                "maxMegabytes", 1, base64 ? BASE64_MEGABYTES : MAX_MEGABYTES, BASE64_MEGABYTES)
            * MEGABYTE,
        Duration.ofMinutes(fields.number("linkMinutes", 1, 60, 10)),
        Set.copyOf(statuses));
  }

  private static Voter.Price price(Fields fields) throws InvalidVoterException {
    Long perCall = fields.usdMicros("usdPerCall", MAX_USD);
    Long perMonth = fields.usdMicros("usdPerMonth", MAX_USD);
    if (perMonth != null && perCall == null) {
      throw fields.problem("usdPerMonth", "needs usdPerCall");
    }
    return perCall == null ? null : new Voter.Price(perCall, perMonth);
  }

  private static Reliability.Counts counts(Fields fields) throws InvalidVoterException {
    Fields counts = fields.fields("counts");
    if (counts == null) {
      return null;
    }
    String row = counts.required("row");
    long[] numbers = new long[4];
    String[] names = {"falseAlarms", "authentic", "hits", "fakes"};
    for (int i = 0; i < names.length; i++) {
      Long number = counts.number(names[i], 0, Integer.MAX_VALUE);
      if (number == null) {
        throw counts.problem(names[i], "is missing");
      }
      numbers[i] = number;
    }
    counts.end();
    if (numbers[0] > numbers[1] || numbers[2] > numbers[3]) {
      throw fields.problem("counts", "more errors or hits than media");
    }
    return new Reliability.Counts(row, numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  /** A digest of what answers depend on: a report of an earlier description is not used again. */
  private static String version(ObjectNode whole) {
    TreeMap<String, String> parts = new TreeMap<>();
    for (String name : List.of("provider", "address", "requests", "poll", "callback", "answer")) {
      // A part that older versions did not know leaves the versions of their voters alone.
      if (!name.equals("callback") || whole.has(name)) {
        parts.put(name, whole.path(name).toString());
      }
    }
    return "partner-" + Sha256.of(parts.toString()).substring(0, VERSION_DIGITS);
  }
}
