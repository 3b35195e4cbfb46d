package org.wasmservlet.core.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.wasmservlet.core.directory.Errno;

class DescriptorTableTest {
  private final DescriptorTable table = new DescriptorTable(4);

  @Test
  void givesTheLowestFreeNumber() throws Exception {
    assertThat(table.add(new Recorded())).isZero();
    assertThat(table.add(new Recorded())).isEqualTo(1);
    assertThat(table.add(new Recorded())).isEqualTo(2);
    table.close(1);
    table.close(0);
    assertThat(table.add(new Recorded())).isZero();
    assertThat(table.add(new Recorded())).isEqualTo(1);
    assertThat(table.add(new Recorded())).isEqualTo(3);
    assertThatThrownBy(() -> table.requireRoom(1)).isSameAs(Errno.MFILE.error());
    table.close(2);
    table.requireRoom(1);
  }

  @Test
  void renumbersOverWhatIsOpen() throws Exception {
    Recorded moved = new Recorded();
    Recorded replaced = new Recorded();
    table.add(moved);
    table.add(replaced);
    table.renumber(0, 1);
    assertThat(replaced.closed).isEqualTo(1);
    assertThat(moved.closed).isZero();
    assertThat(table.get(1)).isSameAs(moved);
    assertBad(0);
    table.renumber(1, 1);
    assertThat(table.get(1)).isSameAs(moved);
    assertThatThrownBy(() -> table.renumber(1, 0)).isSameAs(Errno.BADF.error());
    assertThatThrownBy(() -> table.renumber(0, 1)).isSameAs(Errno.BADF.error());
  }

  @Test
  void refusesNumbersThatStandForNothing() {
    table.add(new Recorded());
    for (long number : new long[] {1, 4, -1, 0xffff_ffffL, 0x8000_0000L, Integer.MAX_VALUE}) {
      assertBad(number);
    }
  }

  private void assertBad(long number) {
    assertThatThrownBy(() -> table.get(number)).isSameAs(Errno.BADF.error());
  }

  @Property(tries = 300)
  void agreesWithAModel(@ForAll @Size(max = 60) List<@IntRange(max = 99) Integer> steps)
      throws Exception {
    DescriptorTable tested = new DescriptorTable(10);
    Map<Integer, Recorded> model = new HashMap<>();
    for (int step : steps) {
      int number = step % 12;
      if (step < 50) {
        if (model.size() == 10) {
          assertThatThrownBy(() -> tested.requireRoom(1)).isSameAs(Errno.MFILE.error());
          continue;
        }
        BitSet used = new BitSet();
        model.keySet().forEach(used::set);
        Recorded added = new Recorded();
        assertThat(tested.add(added)).isEqualTo(used.nextClearBit(0));
        model.put(used.nextClearBit(0), added);
      } else if (model.containsKey(number)) {
        tested.close(number);
        assertThat(model.remove(number).closed).isEqualTo(1);
      } else {
        assertThatThrownBy(() -> tested.close(number)).isSameAs(Errno.BADF.error());
      }
    }
    tested.closeAll();
    assertThat(model.values()).allMatch(descriptor -> descriptor.closed == 1);
  }

  private static final class Recorded extends Descriptor {
    private int closed;

    @Override
    FrozenDescriptor freeze() {
      throw new IllegalStateException("nothing is frozen here");
    }

    @Override
    int type() {
      return 0;
    }

    @Override
    long rights() {
      return 0;
    }

    @Override
    long inheritedRights() {
      return 0;
    }

    @Override
    FileStat stat() {
      return FileStat.ofStream(FileType.UNKNOWN);
    }

    @Override
    void close() throws IOException {
      closed++;
    }
  }
}
