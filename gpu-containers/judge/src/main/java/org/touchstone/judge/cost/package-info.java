/** What questions to a language model take, and what that costs. */
package org.touchstone.judge.cost;
