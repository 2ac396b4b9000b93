/** Monthly statements of what accounts used and owe. Days and months are those of UTC. */
package org.touchstone.billing.statement;
