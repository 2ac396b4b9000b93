package org.touchstone.detectors.pipelines.alignedclips;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.tracking.SeenFrame;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.testing.formula.GoldenFile;

/** Results of FTCN's published code for tracks, crops, windows and clips. */
public final class AlignGolden {
  private AlignGolden() {}

  public static JsonNode read() {
    return GoldenFile.read("ftcn-align");
  }

  static FaceBox box(JsonNode corners) {
    return new FaceBox(
        corners.get(0).asDouble(),
        corners.get(1).asDouble(),
        corners.get(2).asDouble(),
        corners.get(3).asDouble());
  }

  /** A rectangle given by its corners. */
  static Rectangle rectangle(JsonNode corners) {
    int x = corners.get(0).asInt();
    int y = corners.get(1).asInt();
    return new Rectangle(x, y, corners.get(2).asInt() - x, corners.get(3).asInt() - y);
  }

  /** Points, the two coordinates of one after those of another. */
  static List<Point> points(JsonNode numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += 2) {
      points.add(new Point(numbers.get(i).asDouble(), numbers.get(i + 1).asDouble()));
    }
    return points;
  }

  public static List<Integer> integers(JsonNode numbers) {
    List<Integer> integers = new ArrayList<>();
    numbers.forEach(number -> integers.add(number.asInt()));
    return integers;
  }

  /** Frames of a tracking case, in either of its notations. */
  public static List<SeenFrame> frames(JsonNode frames) {
    List<SeenFrame> seen = new ArrayList<>();
    for (JsonNode frame : frames) {
      List<Face> faces = new ArrayList<>();
      for (JsonNode face : frame) {
        boolean named = face.isObject();
        FaceBox box = box(named ? face.path("box") : face);
        double score = (named ? face.path("score") : face.get(4)).asDouble();
        faces.add(new Face(new Rectangle(0, 0, 1, 1), score, box, List.of()));
      }
      seen.add(new SeenFrame(seen.size() / 25.0, 1920, 1080, faces));
    }
    return seen;
  }
}
