package org.touchstone.emulators.lambda;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/**
 * Touchstone's own types that Jackson reads or writes, found in the bytecode: classes named where
 * something is read, types on the stack where something is written, parameters and results of
 * handlers and resources, and every type that these contain.
 */
final class JsonTypes {
  private static final String OURS = "org.touchstone.";
  private static final String JSON = "org/touchstone/domain/Json";
  private static final String RESPONSE = "jakarta/ws/rs/core/Response";
  private static final Set<String> WRITES = Set.of("bytes", "string");
  private static final Set<String> MAPPER_WRITES =
      Set.of("writeValueAsBytes", "writeValueAsString");

  private final ClassLoader loader;
  private final Set<String> found = new TreeSet<>();

  private JsonTypes(ClassLoader loader) {
    this.loader = loader;
  }

  static Set<String> of(ClassScan ours, ClassLoader loader) {
    JsonTypes types = new JsonTypes(loader);
    for (Map.Entry<String, ClassNode> entry : ours.classes().entrySet()) {
      if (entry.getKey().startsWith("org/touchstone/")
          && !entry.getKey().endsWith("_Bean")
          && !entry.getKey().contains("_ClientProxy")) {
        types.scan(entry.getValue());
      }
    }
    return types.found;
  }

  private void scan(ClassNode node) {
    Class<?> type = load(node.name.replace('/', '.'));
    for (Type face : type.getGenericInterfaces()) {
      if (face instanceof ParameterizedType p
          && p.getRawType().getTypeName().endsWith("lambda.runtime.RequestHandler")) {
        add(p.getActualTypeArguments()[0]);
        add(p.getActualTypeArguments()[1]);
      }
    }
    if (hasAnnotation(node, "Ljakarta/ws/rs/Path;")) {
      // Those of the API are public; others are called by the resource itself.
      for (Method method : type.getMethods()) {
        add(method.getGenericReturnType());
        for (Type parameter : method.getGenericParameterTypes()) {
          add(parameter);
        }
      }
    }
    boolean talksJson = node.methods.stream().anyMatch(JsonTypes::talksJson);
    for (MethodNode method : node.methods) {
      if (talksJson) {
        namedClasses(method);
      }
      writtenTypes(node, method);
    }
  }

  private static boolean hasAnnotation(ClassNode node, String descriptor) {
    return node.visibleAnnotations != null
        && node.visibleAnnotations.stream().anyMatch(a -> a.desc.equals(descriptor));
  }

  private static boolean talksJson(MethodNode method) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof MethodInsnNode call
          && (call.owner.equals(JSON)
              || call.owner.endsWith("/ObjectMapper")
              || call.owner.startsWith(RESPONSE))) {
        return true;
      }
    }
    return false;
  }

  private void namedClasses(MethodNode method) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LdcInsnNode constant
          && constant.cst instanceof org.objectweb.asm.Type type
          && type.getSort() == org.objectweb.asm.Type.OBJECT) {
        add(load(type.getClassName()));
      }
    }
  }

  private void writtenTypes(ClassNode node, MethodNode method) {
    if (!talksJson(method)) {
      return;
    }
    SimpleVerifier verifier = new SimpleVerifier();
    verifier.setClassLoader(loader);
    Frame<BasicValue>[] frames;
    try {
      frames = new Analyzer<>(verifier).analyze(node.name, method);
    } catch (AnalyzerException e) {
      throw new IllegalStateException(node.name + "." + method.name, e);
    }
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] != null
          && method.instructions.get(i) instanceof MethodInsnNode call
          && isWrite(call)) {
        BasicValue written = frames[i].getStack(frames[i].getStackSize() - 1);
        add(load(written.getType().getClassName()));
      }
    }
  }

  private static boolean isWrite(MethodInsnNode call) {
    return switch (call.owner) {
      case JSON -> WRITES.contains(call.name);
      case "com/fasterxml/jackson/databind/ObjectMapper" -> MAPPER_WRITES.contains(call.name);
      case RESPONSE, RESPONSE + "$ResponseBuilder" -> call.desc.startsWith("(Ljava/lang/Object;)");
      default -> false;
    };
  }

  private Class<?> load(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Type type) {
    switch (type) {
      case ParameterizedType generic -> {
        add(generic.getRawType());
        for (Type argument : generic.getActualTypeArguments()) {
          add(argument);
        }
      }
      case Class<?> c when c.isArray() -> add(c.getComponentType());
      case Class<?> c when isData(c) && found.add(c.getName()) -> addParts(c);
      default -> {
        // Not Touchstone's own, or already seen.
      }
    }
  }

  /** Records, enums and the sealed interfaces over them; our services and scalars are not data. */
  private static boolean isData(Class<?> c) {
    return c.getName().startsWith(OURS) && (c.isRecord() || c.isEnum() || c.isSealed());
  }

  private void addParts(Class<?> c) {
    if (c.isRecord()) {
      for (RecordComponent part : c.getRecordComponents()) {
        add(part.getGenericType());
      }
    }
    if (c.isSealed()) {
      for (Class<?> subtype : c.getPermittedSubclasses()) {
        add(subtype);
      }
    }
  }
}
