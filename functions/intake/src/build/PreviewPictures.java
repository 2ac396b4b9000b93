import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.imageio.ImageIO;

/**
 * Draws the pictures that other sites show beside a link to a shared result (Open Graph): one for
 * each level and language, {@code <level>.<language>.png}, of 1200 × 630 pixels. They hold words
 * and a sign, never the medium. They are drawn by the build because the functions have no fonts.
 *
 * <p>Run by the build as {@code java PreviewPictures.java texts pictures program}: the folder of
 * the texts, {@code <language>.properties}, the folder of the pictures, and this file. Does nothing
 * when every picture is newer than its texts and this file. A machine without a font for a language
 * gives its pictures the English words; one without any font leaves the words out.
 */
public final class PreviewPictures {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 630;
  private static final int MARGIN = 80;
  private static final int SIGN = 168;
  private static final int SHADES = 4;
  private static final Color PAPER = new Color(0xFFFFFF);
  private static final Color INK = new Color(0x1B1F24);
  private static final String NAME = "Touchstone";
  private static final String ENGLISH = "en";
  private static final String ENDING = ".properties";

  /** Signs differ by shape, so that nothing depends on telling colours apart. */
  private enum Level {
    TRUSTED("trusted", 0x0B5FA5),
    LOW("low", 0x1E6B3A),
    INSUFFICIENT_EVIDENCE("insufficient-evidence", 0x55606B),
    UNCERTAIN("uncertain", 0x8A5A00),
    HIGH("high", 0xA3271B);

    private final String code;
    private final Color colour;

    Level(String code, int colour) {
      this.code = code;
      this.colour = new Color(colour);
    }
  }

  private record Texts(Locale language, String headline, String note) {}

  private PreviewPictures() {}

  public static void main(String... args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path texts = Path.of(args[0]);
    Path pictures = Path.of(args[1]);
    Path program = Path.of(args[2]);
    Files.createDirectories(pictures);
    boolean fonts = hasFonts();
    Properties english = read(texts.resolve(ENGLISH + ENDING));
    List<Path> files;
    try (var list = Files.list(texts)) {
      files = list.filter(file -> language(file) != null).sorted().toList();
    }
    for (Path file : files) {
      String language = language(file);
      Properties own = read(file);
      for (Level level : Level.values()) {
        Path picture = pictures.resolve(level.code + "." + language + ".png");
        if (isNewer(picture, file) && isNewer(picture, program)) {
          continue;
        }
        Texts wanted = texts(language, own, level);
        boolean asWanted = fonts && wanted != null && font(wanted) != null;
        Texts shown = asWanted ? wanted : texts(ENGLISH, english, level);
        if (fonts && wanted != null && !asWanted) {
          System.out.println(
              "No font for " + language + ": " + picture.getFileName() + " is in English.");
        }
        ImageIO.write(draw(level, fonts ? shown : null), "png", picture.toFile());
      }
    }
  }

  private static String language(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : null;
  }

  private static Properties read(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return texts;
  }

  /** The level in words, or nothing where a language lacks them. */
  private static Texts texts(String language, Properties texts, Level level) {
    String headline = texts.getProperty("level." + level.code);
    String note = texts.getProperty("footer.what");
    return headline == null || note == null
        ? null
        : new Texts(Locale.forLanguageTag(language), headline, note);
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
  }

  private static boolean hasFonts() {
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0;
    } catch (RuntimeException | Error e) {
      // Where fontconfig is not installed, the JDK throws Error itself.
      System.out.println("This machine has no fonts: the pictures have no words.");
      return false;
    }
  }

  /** A font that has every character of the texts; null without one. */
  private static Font font(Texts texts) {
    List<String> families = new ArrayList<>();
    // Of the fonts that share code points between languages, the one that was drawn for Japanese.
    families.addAll(List.of("Noto Sans", "Liberation Sans", "DejaVu Sans", "Noto Sans CJK JP"));
    families.add(Font.SANS_SERIF);
    GraphicsEnvironment graphics = GraphicsEnvironment.getLocalGraphicsEnvironment();
    List<String> installed = List.of(graphics.getAvailableFontFamilyNames());
    families.addAll(installed);
    for (String family : families) {
      Font font = new Font(family, Font.BOLD, 1);
      if (installed.contains(family)
          && font.canDisplayUpTo(texts.headline()) < 0
          && font.canDisplayUpTo(texts.note()) < 0) {
        return font;
      }
    }
    return null;
  }

  private static BufferedImage draw(Level level, Texts texts) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(level.colour);
    graphics.fillRect(0, 0, WIDTH, 20);
    graphics.translate(MARGIN, MARGIN + 20);
    sign(graphics, level);
    graphics.translate(-MARGIN, -MARGIN - 20);
    if (texts != null) {
      words(graphics, font(texts), texts);
    }
    graphics.dispose();
    return reduced(picture, level.colour);
  }

  private static void words(Graphics2D graphics, Font font, Texts texts) {
    int left = MARGIN + SIGN + 56;
    int width = WIDTH - left - MARGIN;
    graphics.setColor(INK);
    float size = 76;
    List<String> lines = lines(graphics, font.deriveFont(size), texts, width);
    while (lines.size() > 3 && size > 40) {
      size -= 4;
      lines = lines(graphics, font.deriveFont(size), texts, width);
    }
    graphics.setFont(font.deriveFont(size));
    float y = MARGIN + 20 + size;
    for (String line : lines) {
      graphics.drawString(line, left, y);
      y += size * 1.22f;
    }
    graphics.setFont(font.deriveFont(Font.PLAIN, 32));
    Texts note = new Texts(texts.language(), texts.note(), "");
    List<String> notes = lines(graphics, graphics.getFont(), note, WIDTH - 2 * MARGIN - 260);
    y = HEIGHT - MARGIN - (notes.size() - 1) * 42;
    for (String line : notes) {
      graphics.drawString(line, MARGIN, y);
      y += 42;
    }
    graphics.setFont(font.deriveFont(36f));
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(NAME, WIDTH - MARGIN - metrics.stringWidth(NAME), HEIGHT - MARGIN);
  }

  /** The headline in as few lines as fit, all of about the same length. */
  private static List<String> lines(Graphics2D graphics, Font font, Texts texts, int width) {
    List<String> lines = broken(graphics, font, texts, width);
    for (int narrow = width - 20; narrow > width / 3; narrow -= 20) {
      List<String> balanced = broken(graphics, font, texts, narrow);
      if (balanced.size() > lines.size()) {
        break;
      }
      lines = balanced;
    }
    return lines;
  }

  /** The headline, broken where its language allows it. */
  private static List<String> broken(Graphics2D graphics, Font font, Texts texts, int width) {
    FontMetrics metrics = graphics.getFontMetrics(font);
    BreakIterator breaks = BreakIterator.getLineInstance(texts.language());
    String text = texts.headline();
    breaks.setText(text);
    List<String> lines = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
      if (end > start && metrics.stringWidth(text.substring(start, next).strip()) > width) {
        lines.add(text.substring(start, end).strip());
        start = end;
      }
      end = next;
    }
    lines.add(text.substring(start).strip());
    return lines;
  }

  private static void sign(Graphics2D graphics, Level level) {
    graphics.setStroke(new BasicStroke(14, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Shape circle = new Ellipse2D.Double(7, 7, SIGN - 14, SIGN - 14);
    switch (level) {
      case TRUSTED -> {
        graphics.fill(new Ellipse2D.Double(0, 0, SIGN, SIGN));
        graphics.setColor(PAPER);
        graphics.draw(path(44, 86, 74, 116, 124, 58));
      }
      case LOW -> {
        graphics.draw(circle);
        graphics.draw(path(50, 86, 76, 112, 118, 62));
      }
      case INSUFFICIENT_EVIDENCE -> {
        graphics.setStroke(
            new BasicStroke(
                14, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {34, 26}, 0));
        graphics.draw(circle);
        graphics.setStroke(new BasicStroke(14, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(path(56, 84, 112, 84));
      }
      case UNCERTAIN -> {
        graphics.draw(path(84, 7, 161, 84, 84, 161, 7, 84, 84, 7));
        graphics.draw(path(62, 72, 84, 72, 106, 72));
        graphics.draw(path(62, 98, 84, 98, 106, 98));
      }
      case HIGH -> {
        graphics.fill(path(84, 12, 160, 152, 8, 152, 84, 12));
        graphics.draw(path(84, 12, 160, 152, 8, 152, 84, 12));
        graphics.setColor(PAPER);
        graphics.draw(path(84, 62, 84, 104));
        graphics.draw(path(84, 132, 84, 132));
      }
      default -> throw new IllegalStateException(level.code);
    }
  }

  private static Shape path(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }

  /** The same in 8 colours: shades of the ink and of the level's colour on paper. */
  private static BufferedImage reduced(BufferedImage picture, Color colour) {
    byte[][] parts = new byte[3][2 * SHADES];
    for (int i = 0; i < 2 * SHADES; i++) {
      Color full = i < SHADES ? INK : colour;
      double share = (i % SHADES) / (SHADES - 1.0);
      parts[0][i] = mix(PAPER.getRed(), full.getRed(), share);
      parts[1][i] = mix(PAPER.getGreen(), full.getGreen(), share);
      parts[2][i] = mix(PAPER.getBlue(), full.getBlue(), share);
    }
    IndexColorModel palette = new IndexColorModel(4, 2 * SHADES, parts[0], parts[1], parts[2]);
    BufferedImage reduced =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        reduced.setRGB(x, y, picture.getRGB(x, y));
      }
    }
    return reduced;
  }

  private static byte mix(int paper, int full, double share) {
    return (byte) Math.round(paper + (full - paper) * share);
  }
}
