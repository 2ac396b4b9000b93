package org.touchstone.checkpoints.pickle;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.pickle.PickleHost.Callable;

/**
 * Runs the opcodes that checkpoints use: the part of the pickle protocols 0 to 5 that PyTorch needs
 * for tensors and for the numbers, texts, lists and dictionaries around them. Python's pickle can
 * call anything by name. This one calls only what its host allows, and has no opcode that could
 * instantiate anything else.
 *
 * <p>Values: {@code null}, {@link Boolean}, {@link Long}, {@link BigInteger}, {@link Double},
 * {@link String}, {@code byte[]}, {@link Tuple}, {@link List}, {@link Map} and the objects that the
 * host makes.
 */
public final class Unpickler {
  private static final int MAX_OBJECTS = 4_000_000;
  private static final Object MARK = new Object();

  private final PickleInput in;
  private final PickleHost host;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int pushed;

  private Unpickler(PickleInput in, PickleHost host) {
    this.in = in;
    this.host = host;
  }

  /**
   * Reads one pickle; the buffer's position is behind it afterwards.
   *
   * @throws PickleException when it is malformed, too large or asks for a name that is not allowed
   */
  public static Object read(ByteBuffer in, PickleHost host) throws PickleException {
    try {
      return new Unpickler(new PickleInput(in), host).run();
    } catch (BufferUnderflowException e) {
      throw PickleException.malformed("the pickle ends too early");
    }
  }

  private Object run() throws PickleException {
    while (true) {
      int opcode = in.unsignedByte();
      if (opcode == '.') {
        return pop();
      }
      if (!structure(opcode) && !scalar(opcode) && !container(opcode)) {
        throw PickleException.malformed("the pickle uses an opcode that is not allowed: " + opcode);
      }
    }
  }

  private boolean structure(int opcode) throws PickleException {
    switch (opcode) {
      case 0x80 -> protocol(in.unsignedByte());
      case 0x95 -> in.signedLong(); // FRAME only announces a length
      case '(' -> push(MARK);
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case 'q' -> memoise(in.unsignedByte());
      case 'r' -> memoise(in.unsignedInt());
      case 'p' -> memoise(in.decimal());
      case 0x94 -> memoise(memo.size());
      case 'h' -> push(recall(in.unsignedByte()));
      case 'j' -> push(recall(in.unsignedInt()));
      case 'g' -> push(recall(in.decimal()));
      case 'c' -> push(host.global(in.line(), in.line()));
      case 0x93 -> {
        Object name = pop();
        push(host.global(text(pop()), text(name)));
      }
      case 'Q' -> push(host.persistent(pop()));
      case 'R', 0x81 -> {
        Tuple arguments = tuple(pop());
        push(call(pop(), arguments.items()));
      }
      case 'b' -> {
        // State is set on objects; the only such object here is an OrderedDict, whose attributes do
        // not concern tensors.
        pop();
        if (!(top() instanceof Map<?, ?>)) {
          throw PickleException.malformed("the pickle sets the state of an object that has none");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean scalar(int opcode) throws PickleException {
    switch (opcode) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) in.unsignedByte());
      case 'M' -> push((long) in.unsignedShort());
      case 'J' -> push((long) in.signedInt());
      case 'I' -> {
        String digits = in.line();
        push(
            digits.equals("01")
                ? Boolean.TRUE
                : digits.equals("00") ? false : PickleInput.decimal(digits));
      }
      case 'L' -> push(PickleInput.decimal(in.line().replace("L", "")));
      case 0x8a -> push(in.integer(in.unsignedByte()));
      case 'G' -> push(in.bigEndianDouble());
      case 'X' -> push(in.utf8(in.unsignedInt()));
      case 0x8c -> push(in.utf8(in.unsignedByte()));
      case 0x8d -> push(in.utf8(in.signedLong()));
      case 'U' -> push(in.utf8(in.unsignedByte()));
      case 'T' -> push(in.utf8(in.unsignedInt()));
      case 'C' -> push(in.array(in.unsignedByte()));
      case 'B' -> push(in.array(in.unsignedInt()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) throws PickleException {
    switch (opcode) {
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> push(tupleOfLast(1));
      case 0x86 -> push(tupleOfLast(2));
      case 0x87 -> push(tupleOfLast(3));
      case 't' -> push(new Tuple(popToMark()));
      case ']' -> push(new ArrayList<>());
      case 'l' -> push(popToMark());
      case '}' -> push(new LinkedHashMap<>());
      case 'd' -> {
        List<Object> items = popToMark();
        push(new LinkedHashMap<>());
        setItems(items);
      }
      case 'a' -> append(tupleOfLast(1).items());
      case 'e' -> append(popToMark());
      case 's' -> setItems(tupleOfLast(2).items());
      case 'u' -> setItems(popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void protocol(int version) throws PickleException {
    if (version > 5) {
      throw PickleException.malformed("the pickle has an unknown protocol: " + version);
    }
  }

  private void push(Object value) throws PickleException {
    if (++pushed > MAX_OBJECTS) {
      throw PickleException.malformed("the pickle has too many objects");
    }
    stack.add(value);
  }

  private Object top() throws PickleException {
    if (stack.isEmpty() || stack.getLast() == MARK) {
      throw PickleException.malformed("the pickle uses a value that it has not pushed");
    }
    return stack.getLast();
  }

  private Object pop() throws PickleException {
    Object value = top();
    stack.removeLast();
    return value;
  }

  private List<Object> popToMark() throws PickleException {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw PickleException.malformed("the pickle goes back to a mark it has not set");
    }
    List<Object> above = new ArrayList<>(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return above;
  }

  private Tuple tupleOfLast(int count) throws PickleException {
    Object[] items = new Object[count];
    for (int i = count - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return new Tuple(Arrays.asList(items));
  }

  private void memoise(long key) throws PickleException {
    memo.put(key, top());
  }

  private Object recall(long key) throws PickleException {
    if (!memo.containsKey(key)) {
      throw PickleException.malformed("the pickle recalls a value that it has not stored");
    }
    return memo.get(key);
  }

  private static Object call(Object callable, List<Object> arguments) throws PickleException {
    if (callable instanceof Callable function) {
      return function.call(arguments);
    }
    throw PickleException.forbidden("the pickle calls something that is not a function");
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) throws PickleException {
    if (!(top() instanceof ArrayList<?> list)) {
      throw PickleException.malformed("the pickle appends to something that is not a list");
    }
    ((List<Object>) list).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<Object> items) throws PickleException {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
      throw PickleException.malformed(
          "the pickle sets items of something that is not a dictionary");
    }
    for (int i = 0; i < items.size(); i += 2) {
      ((Map<Object, Object>) map).put(key(items.get(i)), items.get(i + 1));
    }
  }

  /** Rejects containers as keys: a container that holds itself could not be hashed. */
  private static Object key(Object key) throws PickleException {
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    throw PickleException.malformed("a dictionary has a key that is neither text nor number");
  }

  private static Tuple tuple(Object value) throws PickleException {
    if (value instanceof Tuple tuple) {
      return tuple;
    }
    throw PickleException.malformed("the pickle passes arguments that are not a tuple");
  }

  private static String text(Object value) throws PickleException {
    if (value instanceof String text) {
      return text;
    }
    throw PickleException.malformed("the pickle uses a name that is not text");
  }
}
