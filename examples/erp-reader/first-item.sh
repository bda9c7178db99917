# 1. Make a view. The answer holds its id, and its own key this once.
VIEW=$(curl -sS --fail-with-body "$LAGERBRO_ADDRESS/v1/sync-views" -H "Authorization: Bearer $LAGERBRO_KEY" -H 'Content-Type: application/json' -d '{"name":"My ERP"}')
ID=$(echo "$VIEW" | sed 's/^{"id":\([0-9]*\).*/\1/')
KEY=$(echo "$VIEW" | sed 's/.*"key":"\([^"]*\)".*/\1/')

# 2. Ask for all products. Asked again while that goes on, it is the same run.
curl -sS --fail-with-body "$LAGERBRO_ADDRESS/v1/sync-views/$ID/resync" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d '{}'

# 3. Read. The first item is a product; its articles, prices and stock come after it.
PAGE=$(curl -sS --fail-with-body "$LAGERBRO_ADDRESS/v1/sync-views/$ID/changes?limit=100&wait=30" -H "Authorization: Bearer $KEY")
echo "$PAGE"

# 4. Store what you read, then acknowledge it. Read on with ?after= and the same cursor.
CURSOR=$(echo "$PAGE" | sed 's/.*"nextCursor":"\([^"]*\)".*/\1/')
curl -sS --fail-with-body "$LAGERBRO_ADDRESS/v1/sync-views/$ID/ack" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "{\"cursor\":\"$CURSOR\"}"
