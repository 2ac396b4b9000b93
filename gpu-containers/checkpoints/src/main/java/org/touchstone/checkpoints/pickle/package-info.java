/**
 * A pickle machine that can build plain data and what a fixed list of names makes, nothing else.
 */
package org.touchstone.checkpoints.pickle;
